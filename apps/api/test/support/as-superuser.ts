import { withAdmin, type TestDatabase } from '#database/testing';

/** Looks at, or changes, what no service may: past row security, in the database of a test. */
export function asSuperuser<R>(database: TestDatabase, text: string, values: unknown[] = []): Promise<R[]> {
  return withAdmin(database.urls.admin, async (admin) => (await admin.query(text, values)).rows as R[]);
}
