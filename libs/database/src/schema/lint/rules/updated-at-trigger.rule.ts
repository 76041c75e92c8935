import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const updatedAtTrigger = catalogueRule({
  id: 'updated-at-trigger',
  title: 'updated_at is moved by the trigger touch_updated_at',
  why: 'Plain SQL moves it then too. TypeORM’s @UpdateDateColumn does not, and breaks upsert() on a sharded database, whose DO UPDATE SET … DEFAULT Citus refuses (13.2).',
  mend: 'create trigger touch_updated_at before update on app.<table> for each row execute function app.touch_updated_at()',
  severity: 'error',
  red: { sql: 'drop trigger touch_updated_at on app.note' },
  green: { sql: tenantTable('memo') },
  check: ({ model }) =>
    model.tables
      .filter(({ columns }) => columns.some(({ name }) => name === 'updated_at'))
      .filter(({ triggers }) => !triggers.some((trigger) => trigger.function === 'touch_updated_at' && trigger.before && trigger.update && trigger.row))
      .map(({ name }) => ({ object: `table ${name}`, table: name, says: `No trigger of "${name}" calls touch_updated_at before each update.` })),
});
