import { PlinthError } from '#database';

/** The page is not where the installation should have it. */
export class SchemaPageMissingError extends PlinthError {
  readonly code = 'SCHEMA_PAGE_MISSING';
  readonly family = 'operator';

  constructor(path: string, cause: unknown) {
    super(
      `The schema's page cannot be read from "${path}". In a checkout, write it: npm run schema:docs. In an image, copy docs/schema/schema.html beside dist.`,
      {
        cause,
        fields: { path },
      },
    );
  }
}
