import { withAdmin } from '#database/testing';

export interface RunRow {
  readonly org_id: string;
  readonly id: string;
  readonly status: string;
  readonly error_code: string | null;
  readonly agent_name: string;
  readonly parent_run_id: string | null;
  readonly step_count: number;
  readonly event_count: number;
  readonly total_tokens: number;
  readonly cost_micros: number;
}

export interface StepRow {
  readonly id: string;
  readonly run_id: string;
  readonly sequence_number: number;
  readonly type: string;
  readonly status: string;
  readonly error_code: string | null;
  readonly called_at: Date | null;
  readonly completed_at: Date | null;
  readonly tokens: number;
  readonly cost_micros: number;
}

/** What stands in the tables once everything has ended, of all organizations, past row security. */
export interface Ledger {
  readonly runs: readonly RunRow[];
  readonly steps: readonly StepRow[];
  /** Numbers of the events of each run, in order. */
  readonly eventNumbers: ReadonlyMap<string, readonly number[]>;
  /** What each run says last of its state. */
  readonly lastStates: ReadonlyMap<string, string>;
}

const RUNS = `select org_id, id, status, error_code, agent_name, parent_run_id, step_count, event_count, total_tokens::int, cost_micros::int from app.run`;
const STEPS = `select id, run_id, sequence_number, type, status, error_code, called_at, completed_at, (input_tokens + output_tokens)::int as tokens,
  cost_micros::int from app.step order by run_id, sequence_number`;
const EVENTS = `select run_id, array_agg(number::int order by number) as numbers,
  (array_agg(data ->> 'status' order by number desc) filter (where type = 'RUN_STATUS'))[1] as last from app.run_event group by run_id`;

export async function readLedger(adminUrl: string): Promise<Ledger> {
  return withAdmin(adminUrl, async (admin) => {
    const runs = (await admin.query<RunRow>(RUNS)).rows;
    const steps = (await admin.query<StepRow>(STEPS)).rows;
    const events = (await admin.query<{ run_id: string; numbers: number[]; last: string }>(EVENTS)).rows;
    return {
      runs,
      steps,
      eventNumbers: new Map(events.map(({ run_id, numbers }) => [run_id, numbers])),
      lastStates: new Map(events.map(({ run_id, last }) => [run_id, last])),
    };
  });
}

const TENANT_TABLES = `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
  where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by c.relname`;
const OWN_IDS = ['run', 'step', 'agent', 'input_request'];
const UIDS = ['git_agent', 'agent_repository', 'workflow_data'];
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Rows of one organization that hold an id of another's, as `table: id`, and how many rows were looked at. */
export async function strangersIn(adminUrl: string): Promise<{ readonly strangers: readonly string[]; readonly rows: number }> {
  return withAdmin(adminUrl, async (admin) => {
    const owners = new Map<string, string>();
    for (const table of [...OWN_IDS, ...UIDS]) {
      const column = OWN_IDS.includes(table) ? 'id' : 'uid';
      const { rows } = await admin.query<{ id: string; org_id: string }>(`select ${column}::text as id, org_id from app.${table}`);
      for (const { id, org_id } of rows) owners.set(id, org_id).set(org_id, org_id);
    }
    const strangers: string[] = [];
    let looked = 0;
    for (const { name } of (await admin.query<{ name: string }>(TENANT_TABLES)).rows) {
      const { rows } = await admin.query<{ org_id: string; text: string }>(
        `select org_id, to_jsonb(t)::text as text from app.${name} t where org_id is not null`,
      );
      looked += rows.length;
      for (const { org_id, text } of rows) {
        strangers.push(...(text.match(UUID) ?? []).filter((id) => (owners.get(id) ?? org_id) !== org_id).map((id) => `${name}: ${id}`));
      }
    }
    return { strangers, rows: looked };
  });
}
