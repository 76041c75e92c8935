import type { AreaFacts, TableFacts } from '../facts/table-facts.js';
import { isPrimary } from '../present/keys.js';
import { relationsOf, type Relation } from '../present/relations.js';
import { escaped } from './escape.js';
import { layOut, type Layout, type Point } from './layout.js';

const TITLE_HEIGHT = 30;
const ROW_HEIGHT = 20;
const PADDING = 12;
const MARGIN = 16;
/** Of the fixed-width faces at these sizes, a little generous: a text must never leave its box. */
const TITLE_CHARACTER = 8;
const ROW_CHARACTER = 6.9;
const GAPS = { columnGap: 84, rowGap: 26, widest: 900 };

interface Row {
  readonly name: string;
  readonly type: string;
  readonly mark: string;
}

interface Drawn {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly Row[];
  readonly tenancyClass: string;
}

/** The diagram of an area as SVG: a box for each table with the columns of its keys, a line for each reference. Boxes link to their tables. */
export function diagram(area: AreaFacts): string {
  const { relations, neighbours } = relationsOf(area);
  const boxes = [...area.tables.map((table) => ownBox(table, relations)), ...neighbours.map((name) => box(name, [], 'next'))];
  const layout = layOut(boxes, relations, GAPS);
  const places = new Map(boxes.map((drawn) => [drawn.id, placed(drawn, layout)]));
  const lines = relations.map((relation, index) => line(relation, layout.ways[index] ?? [], places));
  const [width, height] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN];
  return [
    `<svg class="diagram" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Tables of ${escaped(area.title)} and their references">`,
    ...lines,
    ...[...places.values()].map(({ drawn, at }) => drawBox(drawn, at)),
    '</svg>',
  ].join('\n');
}

function placed(drawn: Drawn, { places, widths }: Layout): Placed {
  return { drawn: { ...drawn, width: widths.get(drawn.id) ?? drawn.width }, at: places.get(drawn.id) ?? { x: 0, y: 0 } };
}

function ownBox(table: TableFacts, relations: readonly Relation[]): Drawn {
  const referring = new Set(relations.filter(({ from }) => from === table.name).map(({ column }) => column));
  const shown = table.columns.filter(({ name }) => isPrimary(table, name) || referring.has(name));
  const rows = shown.map(({ name, type }): Row => ({ name, type, mark: isPrimary(table, name) ? 'key' : 'reference' }));
  return box(table.name, rows, table.tenancyClass);
}

function box(id: string, rows: readonly Row[], tenancyClass: string): Drawn {
  const widest = Math.max(0, ...rows.map(({ name, type }) => (name.length + type.length + 2) * ROW_CHARACTER));
  const width = Math.ceil(Math.max(widest, (id.length + 3) * TITLE_CHARACTER) + 2 * PADDING);
  return { id, rows, tenancyClass, width, height: TITLE_HEIGHT + rows.length * ROW_HEIGHT + (rows.length > 0 ? 6 : 0) };
}

function drawBox({ id, width, height, rows, tenancyClass }: Drawn, { x, y }: Point): string {
  const kind = tenancyClass === 'next' ? 'next' : `class-${tenancyClass}`;
  const badge = tenancyClass === 'next' ? '' : `<text class="letter" x="${width - PADDING}" y="20" text-anchor="end">${tenancyClass}</text>`;
  return [
    `<a href="#t-${id}" class="box ${kind}"><g transform="translate(${x} ${y})">`,
    `<rect class="frame" width="${width}" height="${height}" rx="7"/>`,
    rows.length === 0 ? '' : `<line class="rule" x1="0" x2="${width}" y1="${TITLE_HEIGHT}" y2="${TITLE_HEIGHT}"/>`,
    `<text class="title" x="${PADDING}" y="20">${escaped(id)}</text>${badge}`,
    ...rows.map(({ name, type, mark }, index) => {
      const baseline = TITLE_HEIGHT + index * ROW_HEIGHT + 17;
      return `<text class="${mark}" x="${PADDING}" y="${baseline}">${escaped(name)}</text><text class="type" x="${width - PADDING}" y="${baseline}" text-anchor="end">${escaped(type)}</text>`;
    }),
    '</g></a>',
  ].join('');
}

interface Placed {
  readonly drawn: Drawn;
  readonly at: Point;
}

type Places = ReadonlyMap<string, Placed>;

function line(relation: Relation, way: readonly Point[], places: Places): string {
  const [from, to] = [places.get(relation.from), places.get(relation.to)];
  if (from === undefined || to === undefined) return '';
  const row = Math.max(
    0,
    from.drawn.rows.findIndex(({ name }) => name === relation.column),
  );
  const startY = from.at.y + TITLE_HEIGHT + row * ROW_HEIGHT + 12;
  const endY = to.at.y + TITLE_HEIGHT / 2;
  const label = `<title>${escaped(`${relation.from}.${relation.column} → ${relation.to}`)}</title>`;
  const style = relation.required ? 'required' : 'optional';
  return `<g class="line ${style}" data-from="${relation.from}" data-to="${relation.to}">${label}${path(from, to, startY, endY, way)}</g>`;
}

/** To the left where the target stands left, to the right where it stands right, and around the right side to the same column. */
function path(from: Placed, to: Placed, startY: number, endY: number, way: readonly Point[]): string {
  const leftwards = to.at.x < from.at.x;
  const beside = to.at.x === from.at.x;
  const start = { x: leftwards ? from.at.x : from.at.x + from.drawn.width, y: startY };
  const end = { x: leftwards || beside ? to.at.x + to.drawn.width : to.at.x, y: endY };
  const points = [start, ...(leftwards ? way : [...way].map(mirrored(way))), end];
  const curve = beside ? around(start, end) : through(points, leftwards ? -1 : 1);
  return `<path d="${curve}"/>${foot(start, leftwards ? -1 : 1)}<circle cx="${end.x}" cy="${end.y}" r="3"/>`;
}

/** A passage crossed from the left: its two points the other way round. */
function mirrored(way: readonly Point[]): (point: Point, index: number) => Point {
  return (point, index) => way[index % 2 === 0 ? index + 1 : index - 1] ?? point;
}

function around(start: Point, end: Point): string {
  const x = Math.max(start.x, end.x) + 34;
  return `M${start.x} ${start.y} C${x} ${start.y} ${x} ${end.y} ${end.x} ${end.y}`;
}

/** Curves between columns, straight lines through them. */
function through(points: readonly Point[], direction: 1 | -1): string {
  const [first, ...rest] = points;
  let text = `M${first?.x ?? 0} ${first?.y ?? 0}`;
  let at = first ?? { x: 0, y: 0 };
  for (const [index, point] of rest.entries()) {
    const bend = Math.max(24, Math.abs(point.x - at.x) / 2) * direction;
    text += index % 2 === 1 ? ` L${point.x} ${point.y}` : ` C${at.x + bend} ${at.y} ${point.x - bend} ${point.y} ${point.x} ${point.y}`;
    at = point;
  }
  return text;
}

/** The crow's foot of "many rows", at the side of the row that refers. */
function foot({ x, y }: Point, direction: 1 | -1): string {
  const tip = x + 9 * direction;
  return `<path class="foot" d="M${tip} ${y} L${x} ${y - 5} M${tip} ${y} L${x} ${y + 5}"/>`;
}
