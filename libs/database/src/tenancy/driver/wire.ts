/** A value as it goes over the wire: text, bytes or null. */
export type WireValue = string | Buffer | null;

/** One statement of a batch, ready to be written: its values have been prepared. */
export interface WireStatement {
  readonly text: string;
  /** The name it is prepared under; null sends it unnamed. */
  readonly name: string | null;
  readonly values: readonly WireValue[];
  /** Its rows are not wanted: no description is asked for. */
  readonly discardRows?: boolean;
}

export interface WireField {
  readonly name: string;
  readonly dataTypeID: number;
}

/** What PostgreSQL answered to one statement. */
export interface WireResult {
  /** The first word of the command tag (SELECT, INSERT, COMMIT, ROLLBACK …); null for an empty statement. */
  command: string | null;
  rowCount: number | null;
  rows: Record<string, unknown>[];
  fields: readonly WireField[];
}
