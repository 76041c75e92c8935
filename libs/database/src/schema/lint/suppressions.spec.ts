import { lintMigration } from './lint-migration.js';
import type { SchemaModel, TableModel } from './model/schema-model.js';
import { schemaView } from './schema-view.js';

const EMPTY: SchemaModel = { tables: [], functions: [], views: [], sequences: [], types: [], schemaGrants: [], outside: [] };
const NOTE: TableModel = {
  name: 'note',
  owner: 'app_owner',
  rowSecurity: false,
  forced: false,
  columns: [],
  policies: [],
  indexes: [],
  foreignKeys: [],
  checks: [],
  triggers: [],
  grants: [],
};
const WITH_NOTE = schemaView({ ...EMPTY, tables: [NOTE] }, new Map());
const INDEX = 'create index ix_note_title on app.note (org_id, title)';

async function lint(...messages: readonly string[]): Promise<{ found: string[]; allowed: string[] }> {
  const { findings, suppressed } = await lintMigration({ name: 'Example1795300000000', messages, before: WITH_NOTE, after: WITH_NOTE });
  return {
    found: findings.map(({ rule, says, at }) => `${rule} ${at?.statement ?? '?'}: ${says}`),
    allowed: suppressed.map(({ rule, reason }) => `${rule}: ${reason}`),
  };
}

describe('a suppression', () => {
  it('takes a rule away from the statement that it stands in, with its reason', async () => {
    expect(await lint(`-- plinth:allow index-concurrently: the table is still empty\n${INDEX}`)).toEqual({
      found: [],
      allowed: ['index-concurrently: the table is still empty'],
    });
  });

  it('says nothing for the next statement, and is then itself one too many', async () => {
    const { found } = await lint(`select 1 -- plinth:allow index-concurrently: the table is still empty\n; ${INDEX}`);
    expect(found).toEqual([
      'index-concurrently 2: This locks out writes to "note" until the index is built.',
      'suppression 1: "index-concurrently" has nothing to say about this statement.',
    ]);
  });

  it('needs a reason', async () => {
    for (const comment of ['-- plinth:allow index-concurrently', '-- plinth:allow index-concurrently: empty', '-- plinth:allow index-concurrently:']) {
      const { found } = await lint(`${comment}\n${INDEX}`);
      expect(found).toEqual([
        'index-concurrently 1: This locks out writes to "note" until the index is built.',
        `suppression 1: "${comment}" gives no reason.`,
      ]);
    }
  });

  it('needs a rule that there is', async () => {
    const { found } = await lint('-- plinth:allow index-concurently: the table is still empty\nselect 1', '-- plinth:allow Everything I want\nselect 1');
    expect(found).toEqual(['suppression 1: There is no rule "index-concurently".', 'suppression 2: "-- plinth:allow Everything I want" cannot be read.']);
  });

  it("is the only one: squawk's own comments give no reason", async () => {
    expect((await lint('-- squawk-ignore ban-drop-column\nalter table app.note drop column title')).found).toEqual([
      'suppression 1: squawk-ignore gives no reason.',
    ]);
  });
});
