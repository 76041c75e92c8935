/** Text that says something. */
export const TEXT = { type: 'string', minLength: 1 } as const;

/** The key of a value of a run. */
export const KEY = { ...TEXT, maxLength: 255, description: 'What others look for it by.' } as const;

/** Tags of a value of a run. */
export const TAGS = { type: 'array', maxItems: 50, items: { type: 'string', minLength: 1, maxLength: 100 } } as const;
