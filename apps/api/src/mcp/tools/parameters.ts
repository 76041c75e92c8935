/** Parameters that several tools have. */
export const LIMIT = { type: 'integer', minimum: 1, maximum: 100, default: 20, description: 'How many to list.' } as const;
export const CURSOR = { type: 'string', minLength: 1, maxLength: 1024, description: 'The nextCursor of the page before.' } as const;
export const RUN_ID = { type: 'string', format: 'uuid', description: 'The id of a run.' } as const;

/** How many a list shows that was not told. Models read all of it, so that less is better than over HTTP. */
export const USUAL_LIST = 20;
