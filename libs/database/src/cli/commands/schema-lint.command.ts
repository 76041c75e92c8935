import { repositoryRoot } from '../../embedded/home.js';
import { prepareEnvironment } from '../../embedded/prepare-environment.js';
import { connectionOptions } from '../../config/connection-url.js';
import { loadConfig } from '../../config/load-config.js';
import { requiredUrl } from '../../config/required-url.js';
import { TlsConfig } from '../../config/areas/tls.config.js';
import { withClient } from '../../schema/expected/scratch-database.js';
import type { CatalogueReport } from '../../schema/lint/lint-catalogue.js';
import type { CliCommand, CliIo, ExitCode } from '../command.js';

export interface SchemaLintOptions {
  readonly as: string;
  readonly json?: boolean;
  readonly pages?: boolean;
}

/** The rules about the catalogue, asked of the database that the environment names. Reads the catalogue and nothing else. */
export const schemaLint: CliCommand<SchemaLintOptions> = {
  name: 'schema:lint',
  summary: 'ask the rules of docs/schema-rules of the live catalogue',
  configure(command) {
    command
      .option('--as <login>', 'owner (DATABASE_OWNER_URL) or login (DATABASE_URL): both see the same', 'owner')
      .option('--json', 'print every finding as JSON')
      .option('--pages', 'look at no database; write docs/schema-rules from the rules')
      .addHelpText('after', '\nExit code 0: no finding; 1: findings; 2: the catalogue could not be read.');
  },
  async run({ as, json = false, pages = false }, io): Promise<ExitCode> {
    if (pages) return writePages(io);
    const variable = as === 'login' ? 'DATABASE_URL' : 'DATABASE_OWNER_URL';
    const environment = await prepareEnvironment({ service: 'cli', migrate: false });
    try {
      return await print(await lint(requiredUrl(variable)), json, io);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      io.err(`The catalogue could not be read with ${variable}: ${reason}`);
      return 2;
    } finally {
      await environment.close();
    }
  },
};

async function writePages(io: CliIo): Promise<ExitCode> {
  const pages = await import('../../schema/lint/pages/write-pages.js');
  const written = await pages.writePages(repositoryRoot());
  io.out(written.length === 0 ? 'docs/schema-rules was current.' : `docs/schema-rules: ${written.join(', ')} written.`);
  return 0;
}

async function lint(url: string): Promise<CatalogueReport> {
  // Loaded here only: PostgreSQL's grammar is large, and no other command shall carry it.
  const { lintCatalogue } = await import('../../schema/lint/lint-catalogue.js');
  return withClient(connectionOptions(url, loadConfig(TlsConfig)), (client) => lintCatalogue(client));
}

async function print(report: CatalogueReport, json: boolean, io: CliIo): Promise<ExitCode> {
  const { renderFinding } = await import('../../schema/lint/check/render.js');
  const { findings, accepted, rules, objects } = report;
  if (json) io.out(JSON.stringify(report, null, 2));
  else {
    for (const finding of findings) io.out(renderFinding(finding));
    for (const { rule, object, reason } of accepted) io.out(`  accepted: ${rule} for ${object}, because: ${reason}`);
    io.out(`${rules} rules looked at ${objects} objects: ${findings.length} findings, ${accepted.length} accepted.`);
  }
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}
