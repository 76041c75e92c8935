import pg, { type Client } from 'pg';
import type { SchemaFact } from '../catalogue/fact.js';
import type { Difference } from './difference.js';
import { attributeText } from './texts.js';

type Change = Extract<Difference, { verb: 'changed' }>;

const q = pg.escapeIdentifier;
const PROBE = 'app.plinth_respelled';
/** What was printed once is printed differently at most once more: a dump, and the restore of that. */
const ROUNDS = 2;
const INSUFFICIENT_PRIVILEGE = '42501';
const INDEX_HEAD = /^CREATE (UNIQUE )?INDEX (?:"(?:[^"]|"")+"|\S+) ON (?:ONLY )?(?:"(?:[^"]|"")+"|[^.\s]+)\.(?:"(?:[^"]|"")+"|\S+) /;

interface Spelling {
  /** Makes the thing on the probe table, from a text. */
  readonly make: (text: string, fact: SchemaFact) => string;
  /** Reads it back as PostgreSQL prints it. */
  readonly read: string;
  readonly drop: (fact: SchemaFact) => string;
  /** Where two may also be compared as the planner simplifies them. */
  readonly simplifies?: {
    /** Reads the bare expression. */
    readonly expression: string;
    /** The catalogue of the thing, and its oid there: for what it depends on. */
    readonly thing: readonly [catalogue: string, oid: string];
  };
}

const column = (fact: SchemaFact): string => q(fact.name.split('.').at(-1) ?? '');

const policy =
  (clause: string): Spelling['make'] =>
  (text) =>
    `create policy probe on ${PROBE} ${clause} (${text})`;
const readPolicy = (source: string): string => `select pg_get_expr(${source}, polrelid) as text from pg_policy where polrelid = '${PROBE}'::regclass`;
const dropPolicy = (): string => `drop policy probe on ${PROBE}`;

/** By kind and attribute: what PostgreSQL can be asked to print again. */
const SPELLINGS: Readonly<Record<string, Spelling>> = {
  'constraint.def': {
    make: (text) => `alter table ${PROBE} add constraint probe ${text}`,
    read: `select pg_get_constraintdef(oid) as text from pg_constraint where conrelid = '${PROBE}'::regclass and conname = 'probe'`,
    drop: () => `alter table ${PROBE} drop constraint probe`,
    simplifies: {
      expression: `select pg_get_expr(conbin, conrelid) as text from pg_constraint where conrelid = '${PROBE}'::regclass and conname = 'probe' and contype = 'c'`,
      thing: ['pg_constraint', `(select oid from pg_constraint where conrelid = '${PROBE}'::regclass and conname = 'probe')`],
    },
  },
  'default.expr': {
    make: (text, fact) => `alter table ${PROBE} alter column ${column(fact)} set default ${text}`,
    read: `select pg_get_expr(adbin, adrelid) as text from pg_attrdef where adrelid = '${PROBE}'::regclass`,
    drop: (fact) => `alter table ${PROBE} alter column ${column(fact)} drop default`,
    simplifies: {
      expression: `select format('(%s)::%s', pg_get_expr(d.adbin, d.adrelid), format_type(a.atttypid, a.atttypmod)) as text
        from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum where d.adrelid = '${PROBE}'::regclass`,
      thing: ['pg_attrdef', `(select oid from pg_attrdef where adrelid = '${PROBE}'::regclass)`],
    },
  },
  'index.def': {
    make: (text) => text.replace(INDEX_HEAD, (_head, unique: string | undefined) => `create ${unique ?? ''}index probe on ${PROBE} `),
    read: `select pg_get_indexdef(indexrelid) as text from pg_index where indrelid = '${PROBE}'::regclass`,
    drop: () => 'drop index app.probe',
  },
  'policy.usingExpr': { make: policy('for select using'), read: readPolicy('polqual'), drop: dropPolicy },
  'policy.checkExpr': { make: policy('for insert with check'), read: readPolicy('polwithcheck'), drop: dropPolicy },
};

/** Which differences are none, and of which nobody could say. */
export interface Respelled {
  readonly same: ReadonlySet<Difference>;
  /** Why PostgreSQL could not be asked: on a standby, where something forbids making tables. */
  readonly unasked: ReadonlyMap<Difference, string>;
}

/**
 * The differences that are none: expressions that a dump, another version or another hand spelled differently. The server itself prints
 * both again, on an empty copy of the table that is rolled back; what comes out the same is the same. We never read SQL to compare it.
 */
export async function respelledAmong(differences: readonly Difference[], client: Client): Promise<Respelled> {
  const candidates = differences.filter(isCandidate);
  const same = new Set<Difference>();
  const unasked = new Map<Difference, string>();
  if (candidates.length === 0) return { same, unasked };
  await client.query('begin');
  try {
    await client.query('set local search_path to pg_catalog');
    for (const difference of candidates) {
      const answer = await meansTheSame(difference, client);
      if (answer === true) same.add(difference);
      else if (answer !== false) unasked.set(difference, answer.why);
    }
  } finally {
    await client.query('rollback');
  }
  return { same, unasked };
}

function isCandidate(difference: Difference): difference is Change {
  if (difference.verb !== 'changed' || difference.fact.table === undefined) return false;
  const isForeignKey = difference.fact.attributes['type'] === 'f';
  return !isForeignKey && spellingOf(difference) !== undefined && typeof difference.expected === 'string' && typeof difference.actual === 'string';
}

function spellingOf({ fact, attribute }: Change): Spelling | undefined {
  return SPELLINGS[`${fact.kind}.${attribute}`];
}

async function meansTheSame(difference: Change, client: Client): Promise<boolean | { readonly why: string }> {
  const spelling = spellingOf(difference);
  if (spelling === undefined) return false;
  await client.query('savepoint probing');
  try {
    await client.query(`create table ${PROBE} (like app.${q(difference.fact.table ?? '')})`);
    const expected = await spellingsOf(attributeText(difference.expected), spelling, difference.fact, client);
    const actual = await spellingsOf(attributeText(difference.actual), spelling, difference.fact, client);
    return actual.some((text) => expected.includes(text));
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return isRefusal(error) ? false : { why: error.message };
  } finally {
    await client.query('rollback to probing');
  }
}

/** What the copy refuses (a column that is not there, a value that cannot be) is no respelling of the other. */
function isRefusal({ code = '' }: pg.DatabaseError): boolean {
  return ['42', '22', '0A'].includes(code.slice(0, 2)) && code !== INSUFFICIENT_PRIVILEGE;
}

/** What PostgreSQL makes of a text, again and again. */
async function spellingsOf(text: string, spelling: Spelling, fact: SchemaFact, client: Client): Promise<string[]> {
  const texts: string[] = [];
  for (let round = 0, current = text; round < ROUNDS; round += 1) {
    await client.query(spelling.make(current, fact));
    current = await textOf(spelling.read, client);
    texts.push(current);
    const simpler = await simplest(spelling, client);
    if (simpler !== undefined) texts.push(simpler + (fact.kind === 'constraint' ? behind(current) : ''));
    await client.query(spelling.drop(fact));
  }
  return texts;
}

/** What a definition says after its expression: NO INHERIT, NOT VALID. */
function behind(definition: string): string {
  return definition.slice(definition.lastIndexOf(')') + 1);
}

async function textOf(query: string, client: Client): Promise<string> {
  const { rows } = await client.query<{ text: string }>(query);
  return rows[0]?.text ?? '';
}

/** Oids from here on are of things that PostgreSQL does not bring itself. */
const FIRST_OF_USERS = 16_384;
const COLLATE = / COLLATE (?:"(?:[^"]|"")+"|[^\s)])+/g;

/**
 * An expression after constants were folded: `x in ('A')` on a varchar and `x = any (array['A']::text[])` then read the same. Undefined
 * where it calls a function that somebody made: what that answers today says nothing of tomorrow. The planner forgets collations, so
 * they are said again.
 */
async function simplest({ simplifies }: Spelling, client: Client): Promise<string | undefined> {
  if (simplifies === undefined) return undefined;
  const [catalogue, oid] = simplifies.thing;
  const { rows } = await client.query<{ made: boolean }>(
    `select exists (select from pg_depend where classid = '${catalogue}'::regclass and objid = ${oid}
       and refclassid <> 'pg_class'::regclass and refobjid >= ${FIRST_OF_USERS}) as made`,
  );
  if (rows[0]?.made !== false) return undefined;
  const expression = await textOf(simplifies.expression, client);
  const collations = expression.match(COLLATE) ?? [];
  return `${await planned(expression, client)}${collations.join('')}`;
}

async function planned(expression: string, client: Client): Promise<string> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (verbose, costs off) select (${expression}) from ${PROBE}`);
  return `simplified ${rows.map((row) => row['QUERY PLAN']).join('\n')}`;
}
