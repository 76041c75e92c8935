import type { LockMode } from '../catalogue/own/own-fact-kind.js';

/**
 * When a step runs. What administers comes first, since the owner can change nothing that is not its own; indexes are built and
 * constraints proven last, outside the transactions that change the tables.
 */
export const PHASES = ['administer', 'change', 'not-null', 'index', 'constraint'] as const;
export type Phase = (typeof PHASES)[number];

/** A step before it has its place in the plan. */
export interface DraftStep {
  readonly sql: string;
  readonly about: readonly string[];
  readonly phase: Phase;
  /** Without schema; null where no table that exists is touched. */
  readonly table: string | null;
  readonly lock: LockMode;
  readonly rewrite: boolean;
  readonly loses: string | null;
  /** False for what refuses to run in a transaction. */
  readonly transactional: boolean;
  /** Steps of one such name must commit together: a table must never be without its policies in between. */
  readonly together: string | null;
  readonly administrator: boolean;
}

/** A step that changes the catalogue alone, in a transaction, as the owner; `parts` say what is different about this one. */
export function draft(sql: string, about: readonly string[], parts: Partial<Omit<DraftStep, 'sql' | 'about'>> = {}): DraftStep {
  return {
    sql,
    about,
    phase: 'change',
    table: null,
    lock: 'NONE',
    rewrite: false,
    loses: null,
    transactional: true,
    together: null,
    administrator: false,
    ...parts,
  };
}
