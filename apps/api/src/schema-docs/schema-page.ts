import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { environmentKind } from '#database';
import { repositoryRoot } from '#database/embedded';
import { SchemaPageMissingError } from './errors.js';

/** The page that `npm run schema:docs` wrote: it describes this build, whatever database the build runs on. */
@Injectable()
export class SchemaPage {
  readonly #path = join(repositoryRoot(), 'docs', 'schema', 'schema.html');
  #kept: string | undefined;

  /** The text of the page; read anew each time in development, where it may just have been written. @throws SchemaPageMissingError */
  async read(): Promise<string> {
    if (this.#kept !== undefined) return this.#kept;
    const text = await this.#readFile();
    if (environmentKind() !== 'development') this.#kept = text;
    return text;
  }

  async #readFile(): Promise<string> {
    try {
      return await readFile(this.#path, 'utf8');
    } catch (error) {
      throw new SchemaPageMissingError(this.#path, error);
    }
  }
}
