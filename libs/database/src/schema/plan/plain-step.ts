import { attributeText } from '../compare/texts.js';
import type { EngineAction } from '../catalogue/engine/actions.js';
import { draft, type DraftStep, type Phase } from './draft-step.js';
import type { PlanContext } from './plan-context.js';
import { typeChange } from './type-change.js';

/** Only what changes who may see what: these steps of one table commit together. */
const GUARDS = /^(policy|acl):/;
const ROW_SECURITY = / (ENABLE|DISABLE|FORCE|NO FORCE) ROW LEVEL SECURITY$/;
/** At the end: what a comment or a name says is no statement. */
export const OWNER = / OWNER TO "(?:[^"]|"")+"$/;
/** A name in quotes may hold the word as well. */
const CAST = /^(ALTER TABLE (?:"(?:[^"]|"")+"|[^"\s])+ ALTER COLUMN (?:"(?:[^"]|"")+"|[^"\s])+ TYPE .+?) USING .*$/s;
const OUR_OWNER = 'app_owner';

/** An action that no safe form has anything to say about, as it stands. */
export function plainStep(action: EngineAction, context: PlanContext): DraftStep {
  const table = context.tableOf(action.about[0]);
  const inUse = context.isInUse(table);
  const change = typeChangeOf(action, context);
  return draft(change?.assigns === true ? withoutCast(action.sql) : action.sql, action.about, {
    phase: phaseOf(action, context),
    table: context.isThere(table) ? table : null,
    lock: context.isThere(table) ? action.lock : 'NONE',
    rewrite: inUse && (change?.rewrites ?? (action.mayRewrite && action.verb !== 'drop')),
    loses: lossOf(action, context, change?.loses === true),
    transactional: action.transactional,
    together: rebuilt(action, context) ?? guarded(action, table, inUse),
    administrator: isForeign(action, context),
  });
}

function phaseOf(action: EngineAction, context: PlanContext): Phase {
  if (isForeign(action, context)) return 'administer';
  return / VALIDATE CONSTRAINT /.test(action.sql) ? 'constraint' : 'change';
}

/** A thing that belongs to somebody else cannot be taken over by app_owner itself. */
function isForeign(action: EngineAction, { from }: PlanContext): boolean {
  if (!OWNER.test(action.sql)) return false;
  const before = from.facts.get(action.about[0]);
  return before !== undefined && before.attributes['owner'] !== OUR_OWNER;
}

/** What is dropped and made again, with all that goes with it, must not be missing in between. */
function rebuilt({ about: [key] }: EngineAction, context: PlanContext): string | null {
  const subject = /^(?:acl|comment):\((.*)\)/.exec(key)?.[1] ?? key;
  return context.isReplaced(subject) ? 'rebuild' : null;
}

/** Also a table that is made: it must not be seen before its policies are there. */
function guarded(action: EngineAction, table: string | null, inUse: boolean): string | null {
  if (table === null) return null;
  return !inUse || GUARDS.test(action.about[0]) || ROW_SECURITY.test(action.sql) ? `row security ${table}` : null;
}

function typeChangeOf(action: EngineAction, { from, to }: PlanContext): ReturnType<typeof typeChange> | undefined {
  if (!/ ALTER COLUMN .+ TYPE /.test(action.sql)) return undefined;
  const [before, after] = [from, to].map(({ facts }) => facts.get(action.about[0])?.attributes['type']);
  return typeof before === 'string' && typeof after === 'string' ? typeChange(before, after) : undefined;
}

/** An explicit cast cuts what is too long; PostgreSQL's own conversion refuses it. */
function withoutCast(sql: string): string {
  return sql.replace(CAST, '$1');
}

function lossOf(action: EngineAction, context: PlanContext, losesByType: boolean): string | null {
  const [key] = action.about;
  const fact = context.fact(key);
  const name = fact?.name ?? key;
  if (losesByType) {
    const [before, after] = [context.from, context.to].map(({ facts }) => attributeText(facts.get(key)?.attributes['type'] ?? null));
    return `what a value of ${name} loses from ${before} to ${after}`;
  }
  if (/^DROP SEQUENCE /.test(action.sql)) return `the last number of ${name}`;
  if (!action.destructive) return null;
  return fact?.kind === 'table' ? `every row of ${name}` : `every value of ${name}`;
}
