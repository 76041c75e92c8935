/** What the process answers to whoever called it. */
export const EXIT = {
  /** Done; of a run: it has completed. */
  OK: 0,
  /** The API refused, or the run has failed. */
  FAILED: 1,
  /** The command line is not understood, or nobody is signed in. */
  USAGE: 2,
  /** The run was cancelled. */
  CANCELLED: 3,
  /** Nobody answers at the address. */
  UNREACHABLE: 4,
  /** Left by Ctrl-C; the run goes on. */
  LEFT: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
