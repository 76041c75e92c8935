import type { Command } from 'commander';
import type { CommandContext } from '../command.js';
import { UsageError } from '../errors.js';
import { table } from '../terminal/table.js';

/** The option of every list. */
export interface ListOptions {
  readonly limit: string;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

const LARGEST_PAGE = 100;

export function configureList(command: Command): void {
  command.option('--limit <number>', 'at most so many', '50');
}

/** A positive whole number of the command line. @throws UsageError */
export function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new UsageError('NUMBER_REFUSED', `${name} must be a whole number from 1 on, and is "${text}".`);
}

/** Reads page after page until there are `limit` items, or no more. */
export async function pages<T>(limit: number, read: (query: { limit: number; cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await read({ limit: Math.min(limit - items.length, LARGEST_PAGE), cursor });
    items.push(...page.items);
    if (page.nextCursor === null || items.length >= limit) return items;
    cursor = page.nextCursor;
  }
}

/** Shows items one a line: as JSON, or as a table that says so where there are none. */
export function show<T>(context: CommandContext, items: readonly T[], headings: readonly string[], row: (item: T) => readonly string[], none: string): void {
  const { terminal, isJson } = context;
  if (isJson) for (const item of items) terminal.out(JSON.stringify(item));
  else if (items.length === 0) terminal.say(none);
  else terminal.out(table(headings, items.map(row)));
}
