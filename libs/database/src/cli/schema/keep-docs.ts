import type { RenderedDocs } from '../../schema/docs/render.js';
import { staleFiles, writeDocs } from '../../schema/docs/write.js';
import type { CliIo, ExitCode } from '../command.js';

export interface KeepDocsOptions {
  readonly check?: boolean;
  readonly json?: boolean;
}

/**
 * Brings a folder to what was rendered, or with `check` only says which files are not. The JSON is `{ files, stale, written }`: how many
 * files there are to be, and the names of those that were not current and of those that were written or removed.
 * @returns 1 where files are not current afterwards
 */
export async function keepDocs(folder: string, docs: RenderedDocs, { check = false, json = false }: KeepDocsOptions, io: CliIo): Promise<ExitCode> {
  const stale = await staleFiles(folder, docs);
  const written = check ? [] : await writeDocs(folder, docs);
  if (json) io.out(JSON.stringify({ files: docs.size, stale, written }, null, 2));
  else io.out(sentence(stale, docs.size, check));
  return check && stale.length > 0 ? 1 : 0;
}

function sentence(stale: readonly string[], count: number, check: boolean): string {
  if (stale.length === 0) return `docs/schema is current: ${count} files.`;
  const names = stale.map((name) => `"${name}"`).join(', ');
  return check ? `Not current in docs/schema: ${names}. Write them: npm run schema:docs` : `Written in docs/schema: ${names}. Commit them.`;
}
