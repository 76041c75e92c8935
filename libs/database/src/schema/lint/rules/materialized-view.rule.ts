import { catalogueRule } from './rule.js';

export const materializedView = catalogueRule({
  id: 'materialized-view',
  title: 'No materialized view over tables of class T or M',
  why: 'It is a copy without row security: policies cannot be put on it, so whoever may read it reads every organization.',
  mend: 'A class T table that a job fills, or a view with security_invoker.',
  severity: 'error',
  red: { sql: 'create materialized view app.note_count as select org_id, count(*) as notes from app.note group by org_id' },
  green: { sql: 'create view app.note_count with (security_invoker = true) as select org_id, count(*) as notes from app.note group by org_id' },
  check: ({ model, classOf }) =>
    model.views
      .filter(({ materialized, reads }) => materialized && reads.some((table) => classOf(table) === 'T' || classOf(table) === 'M'))
      .map(({ name, reads }) => ({
        object: `materialized view ${name}`,
        says: `"${name}" is a copy of ${reads.map((table) => `"${table}"`).join(', ')} without row security.`,
      })),
});
