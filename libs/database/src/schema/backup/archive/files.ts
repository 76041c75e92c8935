import { join } from 'node:path';

/** The folder of an archive. Its name says nothing that counts; these files do. */
export const MANIFEST_FILE = 'manifest.json';
/** In the form of sha256sum, so that `sha256sum --check` reads it. */
export const MANIFEST_HASH_FILE = 'manifest.json.sha256';
export const TABLES_FOLDER = 'tables';

/** The file of a table below the archive. No name of a table leads out of it. */
export function tableFile(archive: string, table: string): string {
  return join(archive, TABLES_FOLDER, `${encodeURIComponent(table).replaceAll('.', '%2E')}.copy.gz`);
}
