/** Where the schema's page is served, beside the page of the API itself. */
export const SCHEMA_DOCS_PATH = 'docs/schema';
