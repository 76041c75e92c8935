import { catalogueRule } from './rule.js';

export const viewSecurityInvoker = catalogueRule({
  id: 'view-security-invoker',
  title: 'Every view looks with the eyes of who asks: security_invoker',
  why: 'A plain view reads its tables as its owner, whose policy shows all rows. A tenant that may read the view reads every organization.',
  mend: 'create view app.<v> with (security_invoker = true) as …',
  severity: 'error',
  red: { sql: 'create view app.note_title as select org_id, id, title from app.note' },
  green: { sql: 'create view app.note_title with (security_invoker = true) as select org_id, id, title from app.note' },
  check: ({ model }) =>
    model.views
      .filter(({ materialized, invoker }) => !materialized && !invoker)
      .map(({ name }) => ({ object: `view ${name}`, says: `The view "${name}" reads its tables with its owner's eyes.` })),
});
