import { relationsIn } from './support/plpgsql.js';
import { catalogueRule, type ObjectFinding } from './rule.js';

export const triggerOwnRow = catalogueRule({
  id: 'trigger-own-row',
  title: 'A trigger reads and changes only its own row',
  why: 'On a sharded database a trigger runs on the worker that holds the row, where other tables are not at hand (Citus 13.2). On one machine it hides a write in another, with locks that nobody ordered.',
  mend: 'Do the other write in the same transaction, in code; or enqueue a job there.',
  severity: 'error',
  red: {
    sql: `create function app.note_counts() returns trigger language plpgsql as $$
begin
  update app.organization set settings = '{}' where id = new.org_id;
  return new;
end $$;
revoke all on function app.note_counts() from public;
create trigger note_counts before insert on app.note for each row execute function app.note_counts()`,
  },
  green: {
    sql: `create function app.note_title() returns trigger language plpgsql as $$
begin
  new.title := btrim(new.title);
  return new;
end $$;
revoke all on function app.note_title() from public;
create trigger note_title before insert on app.note for each row execute function app.note_title()`,
  },
  check: async ({ model }) => {
    const triggers = model.functions.filter(({ isTrigger, language }) => isTrigger && language === 'plpgsql');
    const found = await Promise.all(
      triggers.map(async ({ signature, definition }): Promise<ObjectFinding[]> => {
        const [table] = await relationsIn(definition);
        return table === undefined
          ? []
          : [{ object: `function ${signature}`, says: `The trigger function "${signature}" looks at or changes "${table}", which is not its own row.` }];
      }),
    );
    return found.flat();
  },
});
