import { ApiCall, type Db, type Page } from '#database';

/** One request as it is recorded. */
export interface ApiCallRecord {
  readonly orgId: string;
  /** A UUIDv7. */
  readonly id: string;
  readonly userId: string | null;
  readonly apiKeyId: string | null;
  readonly method: string;
  /** The template of the route, never the path. */
  readonly route: string;
  readonly statusCode: number;
  readonly durationMs: number;
  readonly requestId: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly createdAt: Date;
}

const COLUMNS = {
  id: 'uuid',
  user_id: 'uuid',
  api_key_id: 'uuid',
  method: 'text',
  route: 'text',
  status_code: 'smallint',
  duration_ms: 'integer',
  request_id: 'text',
  ip: 'inet',
  user_agent: 'text',
  created_at: 'timestamptz',
} as const;

const NAMES = Object.keys(COLUMNS).join(', ');
const ARRAYS = Object.entries(COLUMNS).map(([column, type]) => `:${column}::${type}[]`);
const INSERT = `insert into app.api_call (org_id, ${NAMES}) select :orgId, ${NAMES} from unnest(${ARRAYS.join(', ')}) as u (${NAMES})`;

/** Inserts the records of the connection's organization in one statement, whatever their number. */
export async function insertApiCalls(db: Db, records: readonly ApiCallRecord[]): Promise<void> {
  const column = <T>(value: (record: ApiCallRecord) => T): T[] => records.map(value);
  await db.execute(INSERT, {
    id: column(({ id }) => id),
    user_id: column(({ userId }) => userId),
    api_key_id: column(({ apiKeyId }) => apiKeyId),
    method: column(({ method }) => method),
    route: column(({ route }) => route),
    status_code: column(({ statusCode }) => statusCode),
    duration_ms: column(({ durationMs }) => durationMs),
    request_id: column(({ requestId }) => requestId),
    ip: column(({ ip }) => ip),
    user_agent: column(({ userAgent }) => userAgent),
    created_at: column(({ createdAt }) => createdAt),
  });
}

/** One page of the requests of the connection's organization, the newest first. @throws InvalidCursorError */
export async function pageOfApiCalls(db: Db, { limit, cursor }: { readonly limit: number; readonly cursor?: string }): Promise<Page<ApiCall>> {
  return db.repository(ApiCall).paginate({ order: { createdAt: 'desc' }, limit, cursor });
}
