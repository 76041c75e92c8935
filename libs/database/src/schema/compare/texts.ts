import type { FactValue, SchemaFact } from '../catalogue/fact.js';

/** A value as people read it. */
export function attributeText(value: FactValue): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(attributeText).join(', ');
  return value === null ? 'none' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

type Attributes = SchemaFact['attributes'];

const text = (value: FactValue | undefined): string => attributeText(value ?? null);
const COMMANDS: Readonly<Record<string, string>> = { '*': 'all', r: 'select', a: 'insert', w: 'update', d: 'delete' };

/** How a whole thing of each kind is told in one line. */
const WHOLE: Readonly<Record<string, (attributes: Attributes) => string>> = {
  table: () => 'a table',
  column: ({ type, notNull }) => `${text(type)}${notNull === true ? ' not null' : ''}`,
  policy: ({ permissive, cmd, roles, usingExpr, checkExpr }) =>
    `${permissive === false ? 'restrictive ' : ''}for ${COMMANDS[text(cmd)] ?? text(cmd)} to ${text(roles)}` +
    `${usingExpr === null ? '' : ` using ${text(usingExpr)}`}${checkExpr === null ? '' : ` with check ${text(checkExpr)}`}`,
  grant: ({ privileges, grantable }) =>
    `${text(privileges)}${Array.isArray(grantable) && grantable.length > 0 ? ` with grant option for ${text(grantable)}` : ''}`,
  default: ({ expr }) => text(expr),
  comment: ({ text: said }) => text(said),
};

/** A whole thing as people read it: its definition where it has one, otherwise what is notable about it. */
export function factText({ kind, attributes }: SchemaFact): string {
  const whole = WHOLE[kind];
  if (whole !== undefined) return whole(attributes);
  const { def } = attributes;
  if (typeof def === 'string') return def.trim();
  const shown = Object.entries(attributes).filter(([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0));
  return shown.length === 0 ? 'there' : shown.map(([name, value]) => `${name}: ${attributeText(value)}`).join('; ');
}
