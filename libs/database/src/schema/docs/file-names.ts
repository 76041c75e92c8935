/** Where the documentation lies, from the root of the checkout. */
export const DOCS_FOLDER = 'docs/schema';
export const CHANGES_FILE = 'changes.md';
export const FUNCTIONS_FILE = 'functions.md';
/** The self-contained page, which the API serves. */
export const HTML_FILE = 'schema.html';
