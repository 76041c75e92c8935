import { catalogueRule } from './rule.js';

const FUNCTION = 'create function app.note_count() returns bigint language plpgsql stable security definer';
const BODY = `as $$
begin
  return (select count(*) from app.note where org_id = app.current_org_id());
end $$;
revoke all on function app.note_count() from public;
grant execute on function app.note_count() to app_tenant`;

export const definerSearchPath = catalogueRule({
  id: 'definer-search-path',
  title: 'A SECURITY DEFINER function sets search_path = pg_catalog, pg_temp',
  why: 'It works with the owner’s rights and otherwise with the caller’s search path: a caller who puts a function or a temporary table of his own in front decides what the owner runs (CVE-2018-1058).',
  mend: 'set search_path = pg_catalog, pg_temp, and every name in the body with its schema',
  severity: 'error',
  red: { sql: `${FUNCTION} ${BODY}` },
  green: { sql: `${FUNCTION} set search_path = pg_catalog, pg_temp ${BODY}` },
  check: ({ model }) =>
    model.functions
      .filter(({ definer, settings }) => definer && !settings.some((setting) => setting === 'search_path=pg_catalog, pg_temp' || setting === 'search_path=""'))
      .map(({ signature }) => ({ object: `function ${signature}`, says: `"${signature}" works with its owner's rights and the caller's search path.` })),
});
