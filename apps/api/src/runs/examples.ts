/** What the documentation of runs shows and says in more than one place. */
export const EXAMPLE_ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';
export const EXAMPLE_TIME = '2026-11-20T09:30:00.000Z';
export const EXAMPLE_AGENT = 'Invoice helper';
export const EXAMPLE_PROMPT = 'Which invoices of October are not paid?';
export const EXAMPLE_SESSION = 'conversation-17';

export const UNAUTHENTICATED = 'no valid access token';
export const FORBIDDEN = 'the caller may not do this in the organization';
export const BAD_ID = 'the id is no UUID';
export const BAD_PAGE = 'a filter, the limit or the cursor is not valid';
export const RUN_NOT_FOUND = 'RUN_NOT_FOUND: there is no such run in this organization';
