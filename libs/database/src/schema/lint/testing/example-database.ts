import type { Client } from 'pg';
import { readModel } from '../model/read-model.js';
import { GIVEN } from '../rules/examples.js';
import type { Example, Schema } from '../rules/rule.js';
import { schemaView } from '../schema-view.js';

/** The two catalogues of an example: before its SQL and after. */
export interface ExampleRun {
  readonly before: Schema;
  readonly after: Schema;
}

/** What usually stands before an example is the same for most of them. */
const givenOf = new Map<string, Schema>();

/**
 * Runs an example as app_owner in a transaction that is rolled back. CONCURRENTLY is left out, which no transaction takes; what is there
 * afterwards is the same.
 * @param admin a superuser's session on a migrated database, the same one for all examples
 */
export async function runExample({ given = GIVEN, sql, asSuperuser = false }: Example, admin: Client): Promise<ExampleRun> {
  await admin.query('begin');
  try {
    await admin.query('set local role app_owner');
    await admin.query(given);
    const before = givenOf.get(given) ?? schemaView(await readModel(admin));
    givenOf.set(given, before);
    if (asSuperuser) await admin.query('reset role');
    await admin.query(sql.replace(/\bindex concurrently\b/g, 'index'));
    return { before, after: schemaView(await readModel(admin)) };
  } finally {
    await admin.query('rollback');
  }
}
