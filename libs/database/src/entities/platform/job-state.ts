/** READY waits for its time, RUNNING is leased by a worker, DEAD used up its attempts. A finished job's row is gone. */
export const JOB_STATES = ['READY', 'RUNNING', 'DEAD'] as const;
export type JobState = (typeof JOB_STATES)[number];
