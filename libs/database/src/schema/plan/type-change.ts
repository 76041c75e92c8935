const LENGTH = /^(character varying|character|bit varying)(?:\((\d+)\))?$/;
const NUMERIC = /^numeric(?:\((\d+),(\d+)\))?$/;
const INTEGERS = ['smallint', 'integer', 'bigint'];

/** The most characters that a text may have afterwards where it could have more before; undefined where nothing gets shorter. */
export function shortenedTo(from: string, to: string): number | undefined {
  const [source, target] = [textLength(from), textLength(to)];
  return source !== undefined && target !== undefined && target < source ? target : undefined;
}

/** What changing a column from one type to another does to its rows. */
export interface TypeChange {
  /** Whether every row is written again. */
  readonly rewrites: boolean;
  /** Whether a value can come out as another one without an error. */
  readonly loses: boolean;
  /** Whether PostgreSQL converts by itself, and refuses what does not fit; with a cast of ours it would cut instead. */
  readonly assigns: boolean;
}

const FREE: TypeChange = { rewrites: false, loses: false, assigns: true };
/** A value that does not fit is refused, and the change with it. */
const CHECKED: TypeChange = { rewrites: true, loses: false, assigns: true };
const UNKNOWN: TypeChange = { rewrites: true, loses: true, assigns: false };

/** From PostgreSQL's manual, ALTER TABLE: longer or unlimited texts and wider numerics of the same scale are changes of the catalogue alone. */
export function typeChange(from: string, to: string): TypeChange {
  return textChange(from, to) ?? numericChange(from, to) ?? integerChange(from, to) ?? UNKNOWN;
}

function textChange(from: string, to: string): TypeChange | undefined {
  const [source, target] = [textLength(from), textLength(to)];
  if (source === undefined || target === undefined) return undefined;
  return target >= source ? FREE : CHECKED;
}

/** The most characters it holds; undefined for what is no text of varying length. */
function textLength(type: string): number | undefined {
  if (type === 'text') return Number.POSITIVE_INFINITY;
  const match = LENGTH.exec(type);
  if (match === null || match[1] !== 'character varying') return undefined;
  return match[2] === undefined ? Number.POSITIVE_INFINITY : Number(match[2]);
}

function numericChange(from: string, to: string): TypeChange | undefined {
  const [source, target] = [NUMERIC.exec(from), NUMERIC.exec(to)];
  if (source === null || target === null) return undefined;
  if (target[1] === undefined) return FREE;
  if (source[1] === undefined) return UNKNOWN;
  const [precision, scale, newPrecision, newScale] = [source[1], source[2], target[1], target[2]].map(Number);
  if (scale === undefined || newScale === undefined || precision === undefined || newPrecision === undefined || newScale < scale) return UNKNOWN;
  return newScale === scale && newPrecision >= precision ? FREE : CHECKED;
}

function integerChange(from: string, to: string): TypeChange | undefined {
  return INTEGERS.includes(from) && INTEGERS.includes(to) ? CHECKED : undefined;
}
