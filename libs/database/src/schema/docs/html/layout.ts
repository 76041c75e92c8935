/** A box to be placed; what is in it does not matter here. */
export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Left upper corners by box. */
  readonly places: ReadonlyMap<string, Point>;
  /** Of boxes in columns: as wide as the widest of the column, so that no arrow starts beside a neighbour. */
  readonly widths: ReadonlyMap<string, number>;
  /** For each arrow, in the order given, the points between boxes that it passes on its way, from its begin to its end. */
  readonly ways: readonly (readonly Point[])[];
}

export interface LayoutOptions {
  /** Between columns, where arrows bend. */
  readonly columnGap: number;
  readonly rowGap: number;
  /** Boxes without an arrow stand in rows no wider than this. */
  readonly widest: number;
}

/** A box, or the passage of a long arrow through a column. */
interface Cell {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  column: number;
  y: number;
}

const SWEEPS = 6;

/**
 * Places boxes in columns so that arrows lead from right to left: a box stands right of everything it points at. Arrows that would make
 * a circle lead back. Long arrows get passages in the columns between, so that they do not run over boxes. The same input gives the
 * same layout.
 */
export function layOut(boxes: readonly Box[], arrows: readonly Arrow[], options: LayoutOptions): Layout {
  const linked = boxes.filter(({ id }) => arrows.some((arrow) => arrow.from !== arrow.to && (arrow.from === id || arrow.to === id)));
  const alone = boxes.filter((box) => !linked.includes(box));
  const columns = columnsOf(linked, arrows);
  const cells = new Map(linked.map((box): [string, Cell] => [box.id, { ...box, column: columns.get(box.id) ?? 0, y: 0 }]));
  const chains = arrows.map((arrow, place) => passages(arrow, place, cells));
  const links = chains.flatMap((chain) => chain.slice(1).map((id, place): readonly [string, string] => [chain[place] ?? id, id]));
  const grid = arrange([...cells.values()], links);
  const width = settle(grid, links, options);
  const height = Math.max(0, ...grid.flat().map((cell) => cell.y + cell.height));
  const lefts = columnLefts(grid, options.columnGap);
  const places = new Map(linked.map((box): [string, Point] => [box.id, pointOf(cells.get(box.id), lefts)]));
  const widths = new Map(linked.map(({ id, width: own }): [string, number] => [id, widthOf(grid[cells.get(id)?.column ?? 0] ?? []) || own]));
  const rest = placeAlone(alone, height === 0 ? 0 : height + options.rowGap, options);
  for (const [id, point] of rest.places) places.set(id, point);
  const ways = chains.map((chain) => chain.slice(1, -1).flatMap((id) => through(cells.get(id), lefts, grid)));
  return { width: Math.max(width, rest.width), height: Math.max(height, rest.height), places, widths, ways };
}

/** Column 0 for what points at nothing; otherwise one more than the furthest of what a box points at. */
function columnsOf(boxes: readonly Box[], arrows: readonly Arrow[]): Map<string, number> {
  const columns = new Map<string, number>();
  const onTheWay = new Set<string>();
  const columnOf = (id: string): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    onTheWay.add(id);
    const targets = arrows.filter(({ from, to }) => from === id && !onTheWay.has(to)).map(({ to }) => columnOf(to) + 1);
    onTheWay.delete(id);
    const column = Math.max(0, ...targets);
    columns.set(id, column);
    return column;
  };
  for (const { id } of boxes) columnOf(id);
  return columns;
}

/** The cells that an arrow goes through, its ends included; makes a cell for each column between. */
function passages({ from, to }: Arrow, place: number, cells: Map<string, Cell>): string[] {
  const [start, end] = [cells.get(from), cells.get(to)];
  if (start === undefined || end === undefined || from === to) return [];
  const step = Math.sign(end.column - start.column);
  const between: string[] = [];
  for (let column = start.column + step; step !== 0 && column !== end.column; column += step) {
    const id = `${place}/${column}`;
    cells.set(id, { id, width: 0, height: 14, column, y: 0 });
    between.push(id);
  }
  return [from, ...between, to];
}

/** The cells by column, each column in the order that crosses fewest arrows, as far as sorting by the neighbours' middle finds it. */
function arrange(cells: readonly Cell[], links: readonly (readonly [string, string])[]): Cell[][] {
  const grid: Cell[][] = [];
  for (const cell of cells) (grid[cell.column] ??= []).push(cell);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const column of sweep % 2 === 0 ? grid : [...grid].reverse()) sortByNeighbours(column, grid, links);
  }
  return grid;
}

function sortByNeighbours(column: Cell[], grid: readonly Cell[][], links: readonly (readonly [string, string])[]): void {
  const rank = new Map(grid.flatMap((one) => one.map((cell, place): [string, number] => [cell.id, place / Math.max(1, one.length - 1)])));
  const middles = new Map(
    column.map((cell): [string, number] => [cell.id, mean(neighboursOf(cell.id, links).flatMap((id) => rank.get(id) ?? [])) ?? rank.get(cell.id) ?? 0]),
  );
  column.sort((one, other) => (middles.get(one.id) ?? 0) - (middles.get(other.id) ?? 0));
}

function neighboursOf(id: string, links: readonly (readonly [string, string])[]): string[] {
  return links.flatMap(([from, to]) => (from === id ? [to] : to === id ? [from] : []));
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Gives every cell its y: as near to its neighbours' as the order of its column allows. Answers the width of the whole. */
function settle(grid: readonly Cell[][], links: readonly (readonly [string, string])[], { columnGap, rowGap }: LayoutOptions): number {
  const byId = new Map(grid.flat().map((cell) => [cell.id, cell]));
  for (const column of grid) stack(column, rowGap, () => undefined);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const wanted = (cell: Cell): number | undefined => {
      const middle = mean(neighboursOf(cell.id, links).flatMap((id) => middleOf(byId.get(id))));
      return middle === undefined ? undefined : middle - cell.height / 2;
    };
    for (const column of sweep % 2 === 0 ? grid : [...grid].reverse()) stack(column, rowGap, wanted);
  }
  const top = grid.length === 0 ? 0 : Math.min(...grid.flat().map(({ y }) => y));
  for (const cell of grid.flat()) cell.y -= top;
  return grid.reduce((sum, column) => sum + widthOf(column), 0) + Math.max(0, grid.length - 1) * columnGap;
}

function middleOf(cell: Cell | undefined): number[] {
  return cell === undefined ? [] : [cell.y + cell.height / 2];
}

/** Puts the cells of a column where they want to be, pushes down what would overlap, and moves the whole so that it is off by as much up as down. */
function stack(column: readonly Cell[], rowGap: number, wanted: (cell: Cell) => number | undefined): void {
  let free = Number.NEGATIVE_INFINITY;
  let shift = 0;
  for (const cell of column) {
    const wish = wanted(cell) ?? (Number.isFinite(free) ? free : cell.y);
    cell.y = Math.max(wish, free);
    shift += cell.y - wish;
    free = cell.y + cell.height + rowGap;
  }
  for (const cell of column) cell.y = Math.round(cell.y - shift / Math.max(1, column.length));
}

function widthOf(column: readonly Cell[]): number {
  return Math.max(0, ...column.map(({ width }) => width));
}

function columnLefts(grid: readonly Cell[][], gap: number): number[] {
  let left = 0;
  return grid.map((column) => {
    const own = left;
    left += widthOf(column) + gap;
    return own;
  });
}

function pointOf(cell: Cell | undefined, lefts: readonly number[]): Point {
  return { x: lefts[cell?.column ?? 0] ?? 0, y: cell?.y ?? 0 };
}

/** A passage is crossed straight, from the right edge of its column to the left one. */
function through(cell: Cell | undefined, lefts: readonly number[], grid: readonly Cell[][]): Point[] {
  if (cell === undefined) return [];
  const x = lefts[cell.column] ?? 0;
  const y = cell.y + cell.height / 2;
  return [
    { x: x + widthOf(grid[cell.column] ?? [cell]), y },
    { x, y },
  ];
}

/** Boxes without arrows, in rows. */
function placeAlone(
  boxes: readonly Box[],
  top: number,
  { columnGap, rowGap, widest }: LayoutOptions,
): { places: Map<string, Point>; width: number; height: number } {
  const places = new Map<string, Point>();
  const gap = columnGap / 2;
  let [x, y, rowHeight, width] = [0, top, 0, 0];
  for (const box of boxes) {
    if (x > 0 && x + box.width > widest) [x, y, rowHeight] = [0, y + rowHeight + rowGap, 0];
    places.set(box.id, { x, y });
    x += box.width + gap;
    rowHeight = Math.max(rowHeight, box.height);
    width = Math.max(width, x - gap);
  }
  return { places, width, height: boxes.length === 0 ? 0 : y + rowHeight };
}
