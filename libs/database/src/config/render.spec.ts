import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { configClasses } from './all-areas.js';
import { loadConfig } from './load-config.js';
import { areaOf } from './registry.js';
import { renderConfigurationDocs, renderEnvExample } from './render.js';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const variables = configClasses().flatMap((area) => areaOf(area).variables);

/** What somebody has who takes the # away from every setting. */
const uncommented = parse(readFileSync(join(ROOT, '.env.example'), 'utf8').replace(/^#(?=[A-Z])/gm, ''));

describe('.env.example', () => {
  it('is what the configuration classes say; npm run config:docs makes it', () => {
    expect(readFileSync(join(ROOT, '.env.example'), 'utf8')).toBe(renderEnvExample());
  });

  it('names every variable of the registry once, and no other', () => {
    const names = readFileSync(join(ROOT, '.env.example'), 'utf8').match(/^#[A-Z][A-Z0-9_]*(?==)/gm) ?? [];
    expect(names.map((name) => name.slice(1)).sort()).toEqual([...variables.map(({ name }) => name), 'DATABASES_REPORTS_URL'].sort());
  });

  it('changes nothing when it is copied as it is', () => {
    expect(parse(readFileSync(join(ROOT, '.env.example'), 'utf8'))).toEqual({});
  });

  it('holds values that the loader accepts in development', () => {
    const env = { ...uncommented, NODE_ENV: 'development', PG_SSL_ROOT_CERT: '' };
    for (const area of configClasses()) expect(() => loadConfig(area, env)).not.toThrow();
  });

  it('holds no secret that the loader accepts in production', () => {
    for (const area of configClasses()) {
      const secret = areaOf(area).variables.find(({ secret, name }) => secret === true && uncommented[name] !== '');
      if (secret !== undefined) expect(() => loadConfig(area, { ...uncommented, NODE_ENV: 'production' })).toThrow(secret.name);
    }
  });
});

describe('docs/configuration.md', () => {
  it('is what the configuration classes say; npm run config:docs makes it', () => {
    expect(readFileSync(join(ROOT, 'docs', 'configuration.md'), 'utf8')).toBe(renderConfigurationDocs());
  });
});

describe('the registry', () => {
  it('lists every class of the areas folder and describes every variable', () => {
    const files = readdirSync(join(import.meta.dirname, 'areas')).filter((name) => name.endsWith('.config.ts'));
    expect(configClasses()).toHaveLength(files.length);
    expect(variables.filter(({ description }) => description.length < 20)).toEqual([]);
    expect(new Set(variables.map(({ name }) => name)).size).toBe(variables.length);
  });

  it('knows every variable that the sources read', () => {
    const known = new Set(variables.map(({ name }) => name));
    const read = sources().flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\benv(?:\['([A-Z][A-Z0-9_]+)'\]|\.([A-Z][A-Z0-9_]+))/g)].map((match) => match[1] ?? match[2] ?? ''),
    );
    const unknown = [...new Set(read)].filter((name) => !known.has(name) && !INTERNAL.some((pattern) => pattern.test(name)));
    expect(unknown).toEqual([]);
  });
});

/** Not settings of the product: what tests hand to their processes, and other programs' own variables. */
const INTERNAL = [
  /^PLINTH_TEST_/,
  /^NODE_PG_FORCE_NATIVE$/,
  /^npm_/,
  /^(PATH|HOME|CI|NODE_OPTIONS|NO_COLOR|TERM)$/,
  // The command line's own, which runs where no service does: docs/command-line.md.
  /^PLINTH_(URL|API_KEY)$/,
];

function sources(): string[] {
  return ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.(e2e-|browser-)?spec\.ts$|[\\/](testing|test)[\\/]/.test(name))
      .map((name) => join(ROOT, folder, name)),
  );
}
