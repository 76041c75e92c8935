import { spawn } from 'node:child_process';
import { withLogin } from '../../../roles/login-url.js';
import { OldEntitiesUnusableError } from '../errors.js';
import type { LintFinding } from '../finding.js';
import { recordedStatements } from '../lint-migration.js';
import { recordMigration } from '../record/record-migration.js';
import type { RecordedStatement } from '../rules/rule.js';
import { relationsNamed } from '../sql/ast.js';
import { suppressionsIn } from '../suppressions.js';
import { withOldSchema } from './fresh-on-scratch.js';
import { counted } from './lint.part.js';
import { withOldCode, type OldCode } from './old-entities/old-code.js';
import type { ProbeAnswer, ProbeOrder } from './old-entities/probe.js';
import { partFinding, type CheckGround, type CheckPart } from './part.js';

const ID = 'old-entities';

/** A replica of the merge base goes on working on the new schema: what it could read, insert and update before, it still can. */
export const oldEntitiesPart: CheckPart = {
  name: ID,
  asks: 'Do the entities of the merge base work on the new schema?',
  async run(ground) {
    const { base, fresh } = ground.chosen;
    if (fresh.length === 0) return { lookedAt: 'no new migration', findings: [] };
    if (base === undefined) return { lookedAt: 'no merge base: there is no older replica', findings: [] };
    if (ground.chosen.old.length === 0) return { lookedAt: 'every migration is new: no older replica is on that schema', findings: [] };
    return withOldCode(ground.root, base, (code) => compare(ground, code));
  },
};

async function compare(
  ground: CheckGround,
  code: OldCode,
): Promise<{ lookedAt: string; findings: LintFinding[]; suppressed: (LintFinding & { reason: string })[] }> {
  return withOldSchema(ground, async ({ source, database }) => {
    const order = { urls: urlsOf(ground, database.name), enter: code.enter };
    const before = await probe(code, order);
    const messages: string[] = [];
    for (const migration of ground.chosen.fresh) messages.push(...(await recordMigration(source, migration, 'up')));
    const after = await probe(code, order);
    const allowed = allowances(await recordedStatements(messages));
    const broken = Object.entries(before).filter(([what, outcome]) => works(outcome) && after[what] !== outcome);
    const findings = broken.map(([what, outcome]) => finding(what, outcome, after[what] ?? 'nothing'));
    const reasonFor = ({ object }: LintFinding): string | undefined => allowed.find(({ objects }) => objects.includes(object))?.reason;
    return {
      lookedAt: `${counted(Object.keys(before).length, 'statement')} of the merge base, before and after`,
      findings: [...findings.filter((each) => reasonFor(each) === undefined), ...unneeded(allowed, findings)],
      suppressed: findings.flatMap((each) => {
        const reason = reasonFor(each);
        return reason === undefined ? [] : [{ ...each, reason }];
      }),
    };
  });
}

/** A made-up row has made-up parents: it came as far as the foreign key, which is checked last. */
function works(outcome: string): boolean {
  return outcome === 'ok' || outcome.startsWith('23503');
}

function finding(what: string, before: string, after: string): LintFinding {
  const table = /(?:reads|inserts into|updates) (\w+)/.exec(what)?.[1];
  const says = `An old replica that, as ${what.replace(' ', ', ')}, did so before (${before}) fails on the new schema: ${after}.`;
  return partFinding(
    ID,
    table === undefined ? what : `table ${table}`,
    says,
    'Change the schema in steps: what old replicas need goes in the release after the one that stops needing it.',
  );
}

interface Allowance {
  readonly reason: string;
  /** As findings name them: `table note`. */
  readonly objects: readonly string[];
}

/** `-- plinth:allow old-entities: reason` in a statement allows what it does to the tables that it names. */
function allowances(statements: readonly RecordedStatement[]): Allowance[] {
  return suppressionsIn(statements)
    .filter(({ rule }) => rule === ID)
    .flatMap(({ statement, reason }) => (reason === undefined ? [] : [{ reason, objects: relationsNamed(statement.node).map((table) => `table ${table}`) }]));
}

/** An allowance of what no old replica misses. */
function unneeded(allowed: readonly Allowance[], findings: readonly LintFinding[]): LintFinding[] {
  return allowed
    .filter(({ objects }) => !findings.some(({ object }) => objects.includes(object)))
    .map(({ reason }) => partFinding('suppression', ID, `"${ID}: ${reason}" allows what no old replica does.`, 'Remove the comment from the migration.'));
}

function urlsOf({ logins, server }: CheckGround, database: string): ProbeOrder['urls'] {
  const on = (url: string): string => withLogin(url, { database });
  return { login: on(logins.login), privileged: on(logins.privileged), queue: on(logins.queue), owner: on(server.ownerUrl) };
}

function probe({ script }: OldCode, order: ProbeOrder): Promise<ProbeAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', (error) => reject(new OldEntitiesUnusableError('their process does not start', error)));
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(out).toString()) as ProbeAnswer);
      else reject(new OldEntitiesUnusableError(`their process ended with ${code ?? 'a signal'}: ${Buffer.concat(err).toString().trim().slice(-2_000)}`));
    });
    // A child that ends early says why by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(order));
  });
}
