import type { DiagnosisOutcome, Mend } from '../../schema/doctor/diagnosis.js';
import type { CheckedDiagnosis, ConnectionFact, DoctorReport } from '../../schema/doctor/report.js';
import type { DoctorSetting, SettingOrigin } from '../../schema/doctor/settings/setting.js';
import type { Colours } from './colours.js';

const INDENT = '  ';
const MARKS: Readonly<Record<DiagnosisOutcome, string>> = { ok: '✓', wrong: '✗', warning: '!', 'could-not-look': '?' };

/** A report for people: the settings, the connections, what is wrong and what mends it. With `all` also what is as it should be. */
export function doctorLines(report: DoctorReport, colours: Colours, all = false): string[] {
  return [...settingLines(report.settings, colours, all), '', ...connectionLines(report.connections, colours), '', ...diagnosisLines(report, colours, all)];
}

function settingLines(settings: readonly DoctorSetting[], colours: Colours, all: boolean): string[] {
  const shown = all ? settings : settings.filter(({ origin, problem }) => problem !== undefined || (origin.from !== 'default' && origin.from !== 'nowhere'));
  const width = Math.max(0, ...shown.map(({ variable }) => variable.length));
  const lines = shown.map(({ variable, value, origin, problem }) => {
    const text = `${INDENT}${variable.padEnd(width)}  ${value ?? '(not set)'}  ${colours.dim(originText(origin))}`;
    return problem === undefined ? text : colours.bad(text);
  });
  const rest = settings.length - shown.length;
  return [
    colours.strong('Settings'),
    ...lines,
    ...(rest === 0 ? [] : [colours.dim(`${INDENT}${rest} more are at their defaults, or not set: --all shows them.`)]),
  ];
}

/** Where a value came from. */
export function originText(origin: SettingOrigin): string {
  if (origin.from === 'file') return `${origin.file}, line ${origin.line}`;
  return { environment: 'environment variable', 'embedded server': 'embedded server', default: 'default', nowhere: 'not set' }[origin.from];
}

function connectionLines(connections: readonly ConnectionFact[], colours: Colours): string[] {
  const width = Math.max(0, ...connections.map(({ variable }) => variable.length));
  const lines = connections.map(({ variable, server, state }) => {
    const head = `${variable.padEnd(width)}  `;
    if (server === null) return `${INDENT}${colours.bad(`${MARKS.wrong} ${head}${state}`)}`;
    const { role, database, place, version, tls, roundTripMs } = server;
    return `${INDENT}${colours.good(MARKS.ok)} ${head}${role} in ${database} at ${place}  ${colours.dim(`PostgreSQL ${version}, ${tls}, ${roundTripMs} ms`)}`;
  });
  return [colours.strong('Connections'), ...(lines.length === 0 ? [`${INDENT}none`] : lines)];
}

function diagnosisLines({ diagnoses, outcome, tookMs }: DoctorReport, colours: Colours, all: boolean): string[] {
  const shown = diagnoses.filter((one) => (all || one.outcome !== 'ok') && !isWhole(one));
  const whole = inOneLine(diagnoses.filter(isWhole), colours);
  const groups = [...new Set(shown.map(({ check }) => check))];
  const count = (wanted: DiagnosisOutcome): number => diagnoses.filter((one) => one.outcome === wanted).length;
  const summary = `${count('ok')} as it should be, ${count('wrong')} wrong, ${count('warning')} to know, ${count('could-not-look')} not looked at; in ${tookMs} ms`;
  const paint = outcome === 'healthy' ? colours.good : outcome === 'wrong' ? colours.bad : colours.warn;
  return [
    ...groups.flatMap((check) => [colours.strong(check), ...said(shown.filter((one) => one.check === check)).flatMap((one) => lineOf(one, colours)), '']),
    ...whole,
    `${paint({ healthy: 'Healthy', wrong: 'Something is wrong', 'could-not-look': 'Not everything could be looked at' }[outcome])}: ${summary}`,
  ];
}

/** A check that could not look at all. */
function isWhole({ check, subject, outcome }: CheckedDiagnosis): boolean {
  return outcome === 'could-not-look' && subject === check;
}

/** By reason: the checks that could not look. */
function inOneLine(diagnoses: readonly CheckedDiagnosis[], colours: Colours): string[] {
  const reasons = [...new Set(diagnoses.map(({ says }) => says))];
  const lines = reasons.flatMap((reason) => {
    const checks = diagnoses.filter(({ says }) => says === reason).map(({ check }) => check);
    return [`${INDENT}${colours.warn(MARKS['could-not-look'])} ${checks.join(', ')}`, `${INDENT}${INDENT}${INDENT}${reason}`];
  });
  return lines.length === 0 ? [] : [colours.strong('not looked at'), ...lines, ''];
}

/** What was said word for word of several things is said of all of them at once. */
function said(diagnoses: readonly CheckedDiagnosis[]): CheckedDiagnosis[] {
  const groups = new Map<string, CheckedDiagnosis[]>();
  for (const one of diagnoses) {
    const key = JSON.stringify([one.outcome, one.says, one.mend ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [{ ...first, subject: [first, ...more].map(({ subject }) => subject).join(', ') }],
  );
}

function lineOf({ outcome, subject, says, mend }: CheckedDiagnosis, colours: Colours): string[] {
  const paint = { ok: colours.good, wrong: colours.bad, warning: colours.warn, 'could-not-look': colours.warn }[outcome];
  return [`${INDENT}${paint(MARKS[outcome])} ${subject}: ${says}`, ...(mend === undefined || outcome === 'ok' ? [] : mendLines(mend, colours))];
}

function mendLines(mend: Mend, colours: Colours): string[] {
  const indent = `${INDENT}${INDENT}${INDENT}`;
  if (mend.how === 'setting') return [`${indent}${colours.dim('mend')}  ${mend.text}`];
  if (mend.how === 'command') return [`${indent}${colours.dim('run ')}  ${mend.command}`];
  const who = mend.as === 'app_owner' ? 'as app_owner' : 'as an administrator';
  return [`${indent}${colours.dim(`${who}, in "${mend.database}":`)}`, ...`${mend.sql};`.split('\n').map((line) => `${indent}  ${line}`)];
}
