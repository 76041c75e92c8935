import type { DoctorCheck } from '../check.js';
import { anyOfDatabase } from '../context.js';
import { ok, type Diagnosis } from '../diagnosis.js';

/** Plinth needs none; those that are there are named. */
export const extensionsCheck: DoctorCheck = {
  name: 'extensions',
  async look(context) {
    const { client } = anyOfDatabase(context);
    const { rows } = await client.query<{ name: string; version: string }>(
      `select extname::text as name, extversion as version from pg_catalog.pg_extension where extname <> 'plpgsql' order by 1`,
    );
    return [said(rows)];
  },
};

function said(rows: readonly { readonly name: string; readonly version: string }[]): Diagnosis {
  if (rows.length === 0) return ok('database', 'none but plpgsql, and none is needed');
  return ok('database', `${rows.map(({ name, version }) => `${name} ${version}`).join(', ')}; none is needed`);
}
