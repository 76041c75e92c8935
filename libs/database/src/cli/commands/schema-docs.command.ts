import { join } from 'node:path';
import { repositoryRoot } from '../../embedded/home.js';
import { joinEmbeddedServer } from '../../embedded/join.js';
import { readEnvFile } from '../../embedded/prepare-environment.js';
import { SchemaDocsStaleError } from '../../schema/docs/errors.js';
import { DOCS_FOLDER } from '../../schema/docs/file-names.js';
import { renderDocs, type RenderedDocs } from '../../schema/docs/render.js';
import { staleFiles, writeDocs } from '../../schema/docs/write.js';
import type { CliCommand } from '../command.js';

export interface SchemaDocsOptions {
  readonly check?: boolean;
}

/** Writes docs/schema from the entities and from what the migrations make in a scratch database; looks at no database of anybody's. */
export const schemaDocs: CliCommand<SchemaDocsOptions> = {
  name: 'schema:docs',
  summary: 'write docs/schema, pages and diagrams of every table, from the entities and the migrations',
  configure(command) {
    command.option('--check', 'write nothing; fail and name the files that are not current');
  },
  async run({ check = false }, io) {
    readEnvFile();
    const folder = join(repositoryRoot(), DOCS_FOLDER);
    const docs = await rendered((text) => io.err(text));
    if (check) {
      const stale = await staleFiles(folder, docs);
      if (stale.length > 0) throw new SchemaDocsStaleError(stale);
      io.out(`${DOCS_FOLDER} is current: ${docs.size} files.`);
      return;
    }
    const written = await writeDocs(folder, docs);
    io.out(written.length === 0 ? `${DOCS_FOLDER} was current: ${docs.size} files.` : `${DOCS_FOLDER}: ${written.join(', ')} written.`);
  },
};

/** The embedded server whatever DATABASE_URL says: a scratch database belongs on nobody else's. */
async function rendered(onProgress: (text: string) => void): Promise<RenderedDocs> {
  // Loaded here only: the engine that reads catalogues is large, and no other command shall carry it.
  const { schemaDocument } = await import('../../schema/docs/schema-document.js');
  const server = await joinEmbeddedServer({ name: 'schema:docs', onProgress });
  try {
    return await renderDocs(await schemaDocument({ scratchUrl: server.urls.admin, ownerUrl: server.urls.owner }));
  } finally {
    await server.release();
  }
}
