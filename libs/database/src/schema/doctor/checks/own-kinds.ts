import type { FactMap, SchemaFact } from '../../catalogue/fact.js';
import type { OwnFactKind } from '../../catalogue/own/own-fact-kind.js';
import { differencesBetween } from '../../compare/differences.js';
import { findingOf, ruleKeyOf } from '../../compare/findings.js';
import type { SchemaFinding, Severity } from '../../compare/finding.js';
import type { Diagnosis, DiagnosisOutcome } from '../diagnosis.js';
import { makeRoles, ok, sql } from '../diagnosis.js';
import { majorOf, type ReachedLogin } from '../logins/login.js';

const OUTCOME: Readonly<Record<Severity, DiagnosisOutcome>> = { error: 'wrong', warning: 'warning', info: 'ok' };

const MOST_APART = 3;

/**
 * What differs from what should be, of kinds of facts that say themselves what should be: roles, memberships, settings, rights on the
 * database. `fine` is what is said where nothing does.
 */
export async function lookAtKinds(login: ReachedLogin, kinds: readonly OwnFactKind[], subject: string, fine: string): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [];
  for (const kind of kinds) found.push(...(await lookAt(login, kind)));
  return found.length > 0 ? found : [ok(subject, fine)];
}

async function lookAt(login: ReachedLogin, kind: OwnFactKind): Promise<Diagnosis[]> {
  const server = { major: majorOf(login) };
  const actual = byKey(await kind.read(login.client, server));
  const findings = differencesBetween(byKey(kind.expected?.(server) ?? []), actual).map((difference) => {
    const repair = kind.repairs[ruleKeyOf(difference)]?.(difference) ?? [];
    return findingOf(
      difference,
      repair.map(({ sql: statement }) => statement),
    );
  });
  const codes = [...new Set(findings.map(({ code }) => code))];
  return codes.flatMap((code) => together(findings.filter((finding) => finding.code === code))).map((same) => diagnosisOf(same, login));
}

/** A door has many functions: what is said of more than a few is said of all of them at once. */
function together(findings: readonly SchemaFinding[]): SchemaFinding[][] {
  return findings.length > MOST_APART ? [[...findings]] : findings.map((finding) => [finding]);
}

function diagnosisOf(same: readonly SchemaFinding[], { connection, facts }: ReachedLogin): Diagnosis {
  const outcomes = same.map(({ severity }) => OUTCOME[severity]);
  const statements = same.flatMap(({ repair }) => repair);
  const [first, ...others] = same;
  return {
    subject: `${first?.object.name ?? ''}${others.length === 0 ? '' : ` and ${others.length} more`}`,
    outcome: outcomes.find((outcome) => outcome === 'wrong') ?? outcomes.find((outcome) => outcome === 'warning') ?? 'ok',
    says: first === undefined ? '' : `${others.length === 0 ? sidesOf(first) : ''}${first.explanation}`,
    mend: statements.length === 0 ? makeRoles(connection) : sql(facts.identity.name, statements.join(';\n')),
  };
}

/** `bypassRls should be false, and is true. `; nothing where the whole thing should not be. */
function sidesOf({ attribute, expected, actual }: SchemaFinding): string {
  if (expected === null) return '';
  return `${attribute ?? 'It'} should be "${expected}", and is ${actual === null ? 'not there' : `"${actual}"`}. `;
}

function byKey(facts: readonly SchemaFact[]): FactMap {
  return new Map(facts.map((fact) => [fact.key, fact]));
}
