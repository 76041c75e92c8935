import { join, relative } from 'node:path';
import { repositoryRoot } from '../../embedded/home.js';
import { joinEmbeddedServer } from '../../embedded/join.js';
import { readEnvFile } from '../../embedded/prepare-environment.js';
import { PlinthError } from '../../errors.js';
import type { CliCommand, CliIo, ExitCode } from '../command.js';

export interface SchemaDocsOptions {
  readonly check?: boolean;
  readonly json?: boolean;
}

/** Writes docs/schema from the entities and from what the migrations make in a scratch database; looks at no database of anybody's. */
export const schemaDocs: CliCommand<SchemaDocsOptions> = {
  name: 'schema:docs',
  summary: 'write docs/schema: pages, diagrams and versions of every table, from the entities and the migrations',
  configure(command) {
    command
      .option('--check', 'write nothing; name the files that are not current')
      .option('--json', 'print what was found and written as JSON')
      .addHelpText('after', '\nExit code 0: current, or written. 1: with --check, not current. 2: with --check, could not look.');
  },
  async run(options, io): Promise<ExitCode> {
    readEnvFile();
    try {
      return await keep(options, io);
    } catch (error) {
      if (options.check !== true || !(error instanceof PlinthError)) throw error;
      io.err(`Could not look: ${error.message}`);
      return 2;
    }
  },
};

/** On the embedded server, whatever DATABASE_URL says: a scratch database belongs on nobody else's. */
async function keep(options: SchemaDocsOptions, io: CliIo): Promise<ExitCode> {
  // Loaded here only: the engine that reads catalogues is large, and no other command shall carry it.
  const [{ schemaDocument }, { renderDocs }, { DOCS_FOLDER }, { FINDINGS_FILE, renderFindings }, { keepDocs }] = await Promise.all([
    import('../../schema/docs/schema-document.js'),
    import('../../schema/docs/render.js'),
    import('../../schema/docs/file-names.js'),
    import('../../schema/compare/findings-page.js'),
    import('../schema/keep-docs.js'),
  ]);
  const server = await joinEmbeddedServer({ name: 'schema:docs', onProgress: (text) => io.err(text) });
  try {
    const pages = await renderDocs(await schemaDocument({ scratchUrl: server.urls.admin, ownerUrl: server.urls.owner }));
    const docs = new Map([...pages, [relative(DOCS_FOLDER, FINDINGS_FILE), renderFindings()]]);
    return await keepDocs(join(repositoryRoot(), DOCS_FOLDER), docs, options, io);
  } finally {
    await server.release();
  }
}
