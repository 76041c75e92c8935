import { defineJob } from '../catalogue/define-job.js';

/** A job that runs until it is told to end. */
export const hold = defineJob({ kind: 'hold', payload: {}, maxAttempts: 3 });
