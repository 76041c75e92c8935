import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { SchemaDocsController } from './schema-docs.controller.js';
import { SchemaDocsGuard } from './schema-docs.guard.js';
import { SchemaPage } from './schema-page.js';

@Module({ imports: [IdentityModule], controllers: [SchemaDocsController], providers: [SchemaDocsGuard, SchemaPage] })
export class SchemaDocsModule {}
