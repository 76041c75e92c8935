import { escapeIdentifier, escapeLiteral } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import type { FindingRules, FindingWords } from '../../compare/finding-words.js';
import { keyOf, keyPart } from './keys.js';
import type { OwnFactKind, RepairStatement } from './own-fact-kind.js';
import { type Changed, type Repair, split, textOf, texts, whenChanged } from './repair.js';

interface Row {
  readonly kind: 'function' | 'procedure';
  readonly name: string;
  readonly args: string[];
  readonly securityDefiner: boolean;
  readonly volatility: string;
  readonly parallel: string;
  readonly leakproof: boolean;
  readonly strict: boolean;
  readonly cost: number;
  readonly rows: number;
  readonly support: string | null;
  readonly settings: string[];
  readonly body: string;
}

const READ = `
  select case p.prokind when 'p' then 'procedure' else 'function' end as kind, p.proname as name,
    array(select format_type(t, null) from unnest(p.proargtypes) with ordinality u(t, nth) order by nth) as args,
    p.prosecdef as "securityDefiner", case p.provolatile when 'i' then 'IMMUTABLE' when 's' then 'STABLE' else 'VOLATILE' end as volatility,
    case p.proparallel when 's' then 'SAFE' when 'r' then 'RESTRICTED' else 'UNSAFE' end as parallel,
    p.proleakproof as leakproof, p.proisstrict as strict, p.procost::float8 as cost, p.prorows::float8 as rows,
    case when p.prosupport <> 0 then p.prosupport::regproc::text end as support,
    array(select s from unnest(p.proconfig) s order by s) as settings,
    coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as body
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  where n.nspname = $1 and p.prokind in ('f', 'p', 'w')
    and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')`;

/** The parts of which `pg_get_functiondef` makes one text, so that a finding says which one changed. */
export const functionParts: OwnFactKind = {
  name: 'function-parts',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [SCHEMA]);
    return rows.map(({ kind, name, args, settings, ...parts }) => ({
      key: `${keyOf(kind, SCHEMA, name)}(${args.map(keyPart).join(',')})`,
      kind,
      name: `${SCHEMA}.${name}(${args.join(', ')})`,
      parent: keyOf('schema', SCHEMA),
      attributes: {
        ...parts,
        searchPath: settings.find((option) => option.startsWith(SEARCH_PATH))?.slice(SEARCH_PATH.length) ?? null,
        settings: settings.filter((option) => !option.startsWith(SEARCH_PATH)),
      },
    }));
  },
  repairs: forBoth({
    securityDefiner: whenChanged((difference) => alter(difference, difference.expected === true ? 'SECURITY DEFINER' : 'SECURITY INVOKER')),
    volatility: whenChanged((difference) => alter(difference, textOf(difference.expected))),
    parallel: whenChanged((difference) => alter(difference, `PARALLEL ${textOf(difference.expected)}`)),
    leakproof: whenChanged((difference) =>
      difference.expected === true
        ? alter(difference, 'LEAKPROOF').map((statement) => ({ ...statement, as: 'administrator' }))
        : alter(difference, 'NOT LEAKPROOF'),
    ),
    strict: whenChanged((difference) => alter(difference, difference.expected === true ? 'STRICT' : 'CALLED ON NULL INPUT')),
    cost: whenChanged((difference) => alter(difference, `COST ${textOf(difference.expected)}`)),
    rows: whenChanged((difference) => alter(difference, `ROWS ${textOf(difference.expected)}`)),
    searchPath: whenChanged((difference) =>
      alter(difference, setting(typeof difference.expected === 'string' ? SEARCH_PATH + difference.expected : null, 'search_path')),
    ),
    settings: whenChanged(alterSettings),
    body: whenChanged(({ fact }) => (typeof fact.attributes['def'] === 'string' ? [{ sql: fact.attributes['def'], lock: 'NONE' }] : [])),
  }),
  findings: forBoth<FindingWords>({
    securityDefiner: words(
      'SECURITY_CHANGED',
      'error',
      'SECURITY DEFINER runs with the owner’s rights, past the policies that bind the caller; SECURITY INVOKER with the caller’s, which may not be enough.',
    ),
    searchPath: words(
      'SEARCH_PATH_CHANGED',
      'error',
      'The function finds unqualified names elsewhere than was decided. With the owner’s rights, who can make a table or function there has the owner run it.',
    ),
    body: words('BODY_CHANGED', 'error', 'The function does something else than was decided. Policies and entering an organization rely on functions.'),
    volatility: words(
      'VOLATILITY_CHANGED',
      'error',
      'IMMUTABLE and STABLE let PostgreSQL keep a result: a function that reads who has entered can then answer for somebody else.',
    ),
    leakproof: words(
      'LEAKPROOF_CHANGED',
      'error',
      'A LEAKPROOF function is called before the policies of a table have hidden its rows, and so sees rows of every tenant.',
    ),
    settings: words('SETTINGS_CHANGED', 'error', 'The function runs with other settings than was decided, such as row_security.'),
    strict: {
      ...words(
        'STRICT_CHANGED',
        'error',
        'A STRICT function is not called where an argument is NULL, and answers NULL: what it refuses or records is then skipped.',
      ),
      driftClass: 'data',
    },
    parallel: {
      ...words(
        'PARALLEL_CHANGED',
        'warning',
        'The function can be used in fewer or more parallel plans. SAFE on a function that is not can give wrong results.',
      ),
      driftClass: 'performance',
    },
    support: { ...words('SUPPORT_CHANGED', 'warning', 'The planner estimates the function differently.'), driftClass: 'performance' },
    cost: { ...words('COST_CHANGED', 'info', 'The planner takes the function to be cheaper or dearer than was decided.'), driftClass: 'performance' },
    rows: { ...words('ROWS_CHANGED', 'info', 'The planner expects fewer or more rows of the function than was decided.'), driftClass: 'performance' },
  }),
};

const SEARCH_PATH = 'search_path=';

function words(code: string, severity: FindingWords['severity'], explain: string): FindingWords {
  return { code: `FUNCTION_${code}`, driftClass: 'security', severity, explain };
}

/** The same of functions and of procedures. */
function forBoth<T extends Repair | FindingRules[string]>(table: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(table).flatMap(([name, value]) => [[`function.${name}`, value] as const, [`procedure.${name}`, value] as const]));
}

/** `ALTER FUNCTION` with the arguments as PostgreSQL prints their types. */
function alter({ fact }: Changed, action: string): RepairStatement[] {
  const [, name = '', args = ''] = /^(.*?)\((.*)\)$/s.exec(fact.name.slice(`${SCHEMA}.`.length)) ?? [];
  return [{ sql: `ALTER ${fact.kind.toUpperCase()} ${escapeIdentifier(SCHEMA)}.${escapeIdentifier(name)}(${args}) ${action}`, lock: 'NONE' }];
}

function alterSettings(difference: Changed): RepairStatement[] {
  const wanted = texts(difference.expected);
  const found = texts(difference.actual);
  const names = new Set(wanted.map((option) => split(option)[0]));
  const gone = found.map((option) => split(option)[0]).filter((name) => !names.has(name));
  return [
    ...gone.flatMap((name) => alter(difference, setting(null, name))),
    ...wanted.filter((option) => !found.includes(option)).flatMap((option) => alter(difference, setting(option, split(option)[0]))),
  ];
}

/** Settings that hold a list of names, which PostgreSQL keeps as one text. */
const LISTS = new Set([
  'search_path',
  'temp_tablespaces',
  'local_preload_libraries',
  'session_preload_libraries',
  'shared_preload_libraries',
  'unix_socket_directories',
]);

function setting(option: unknown, name: string): string {
  if (typeof option !== 'string') return `RESET ${name}`;
  const [, value] = split(option);
  return `SET ${name} TO ${LISTS.has(name) ? listOf(value) : escapeLiteral(value)}`;
}

/** Each name as a text of its own, as pg_dump writes them: an empty one cannot be written as an identifier. */
function listOf(value: string): string {
  const names = value.match(/"(?:[^"]|"")*"|[^",\s]+/g) ?? [''];
  return names.map((name) => escapeLiteral(name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name)).join(', ');
}
