import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { permissionMatrix } from './auth/permission-matrix.js';
import { createApi } from './http/create-api.js';
import { openApiDocument } from './http/openapi.js';

/**
 * Writes docs/permissions.md from the table of permissions and the routes, for `npm run permissions:docs`. It connects to nothing:
 * the database named here is never asked.
 */
async function write(): Promise<void> {
  const nowhere = 'postgres://nobody:nothing@127.0.0.1:1/nowhere';
  Object.assign(process.env, { NODE_ENV: 'test', LOG_LEVEL: 'warn', DATABASE_URL: nowhere, DATABASE_PRIVILEGED_URL: nowhere });
  const app = await createApi({ preview: true });
  await writeFile('docs/permissions.md', permissionMatrix(openApiDocument(app)));
}

await write();
