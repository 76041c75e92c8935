/** Where a list goes on, and how long one page is (1 to 100, default 50). */
export interface PageRequest {
  readonly limit?: number;
  readonly cursor?: string;
}
