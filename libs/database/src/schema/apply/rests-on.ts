/** Whether a thing cannot be without another one, as their keys tell: the default, the comment and the grants of a column. */
export function restsOn(key: string, other: string): boolean {
  if (key === other) return true;
  const [, table, column] = /^column:(.+)\.([^.]+)$/.exec(other) ?? [];
  if (table === undefined || column === undefined) return false;
  return key === `default:${table}.${column}` || key === `comment:(${other})` || (key.startsWith(`acl:(table:${table}).`) && key.endsWith(`.${column}`));
}
