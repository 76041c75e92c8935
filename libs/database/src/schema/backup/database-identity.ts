import type { ClientBase } from 'pg';

/** Which database something was read from. */
export interface DatabaseIdentity {
  /** The number that initdb gave the cluster; null where this login may not read it. */
  readonly systemIdentifier: string | null;
  readonly name: string;
  readonly oid: number;
}

/** Asks the server which database this is. A cluster made anew, or another database in it, answers something else. */
export async function readDatabaseIdentity(client: ClientBase): Promise<DatabaseIdentity> {
  const { rows } = await client.query<{ name: string; oid: number; mayAsk: boolean }>(
    `select datname as name, oid, has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') as "mayAsk"
     from pg_database where datname = current_database()`,
  );
  const { name = '', oid = 0, mayAsk = false } = rows[0] ?? {};
  return { systemIdentifier: mayAsk ? await systemIdentifier(client) : null, name, oid };
}

async function systemIdentifier(client: ClientBase): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>('select system_identifier::text as id from pg_control_system()');
  return rows[0]?.id ?? null;
}

/** Whether both are one database. Where a side could not read the cluster's number, name and oid decide. */
export function isSameDatabase(one: DatabaseIdentity, other: DatabaseIdentity): boolean {
  if (one.oid !== other.oid) return false;
  if (one.systemIdentifier === null || other.systemIdentifier === null) return one.name === other.name;
  return one.systemIdentifier === other.systemIdentifier;
}

/** For people: `"plinth" (oid 16385, cluster 7512…)`. */
export function describeDatabase({ name, oid, systemIdentifier: cluster }: DatabaseIdentity): string {
  return `"${name}" (oid ${oid}${cluster === null ? '' : `, cluster ${cluster}`})`;
}
