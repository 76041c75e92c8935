import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../auth/public.decorator.js';
import { SCHEMA_DOCS_PATH } from './path.js';
import { SchemaDocsGuard } from './schema-docs.guard.js';
import { SchemaPage } from './schema-page.js';

/** The documentation of the schema for people: a page, and so no part of the OpenAPI document. Public to the guard of tokens, since it has its own. */
@ApiExcludeController()
@Public()
@UseGuards(SchemaDocsGuard)
@Controller(SCHEMA_DOCS_PATH)
export class SchemaDocsController {
  constructor(private readonly schemaPage: SchemaPage) {}

  /** The page holds the rest of its policy itself; that nobody may frame it can only be said here. */
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "frame-ancestors 'none'")
  @Header('x-content-type-options', 'nosniff')
  @Header('referrer-policy', 'no-referrer')
  @Header('cache-control', 'no-store')
  page(): Promise<string> {
    return this.schemaPage.read();
  }
}
