/** Where a list goes on, and how long one page is (1 to 100, default 50). */
export interface PageRequest {
  readonly limit?: number;
  readonly cursor?: string;
}

/** One page of a list. `nextCursor` is null on the last page; otherwise it is passed back as `cursor`. */
export interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
