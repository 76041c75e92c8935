import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** Names in capitals that are no settings of ours: the test set-up's, a tool's, and a value of a closed set. */
const OTHER_NAMES = new Set([
  'PLINTH_TEST_HOME',
  'PLINTH_TEST_ADMIN_URL',
  'PLINTH_TEST_URLS',
  'POSTGRES_PASSWORD',
  'API_KEY',
  'PLINTH_LIFECYCLE_SINGLY',
  'PLINTH_CHAOS_REPOSITORIES',
  'PLINTH_PICTURES',
  'PLINTH_CHROMIUM',
  'PLINTH_FUZZ_CASES',
  'PLINTH_FUZZ_SEED',
  'PLINTH_FUZZ_ROUTE',
]);
/** What PostgreSQL, the driver and Node say; everything else that the troubleshooting quotes stands in our sources. */
const NOT_OUR_WORDS = [
  'The server does not support SSL connections',
  'no pg_hba.conf entry for host',
  'no encryption',
  'self-signed certificate',
  'connect ECONNREFUSED',
  'getaddrinfo ENOTFOUND',
  'There was an error establishing an SSL connection',
  'password authentication failed for user',
  'does not exist',
  'permission denied for table',
  'sorry, too many clients already',
  'canceling statement due to statement timeout',
];

const files = ['README.md', 'CHANGELOG.md', ...markdownIn('docs')].filter((file) => existsSync(join(ROOT, file)));
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
/** Written from the rules themselves; another test holds it current. */
const FINDING_CODES = [...textOf('docs/schema-findings.md').matchAll(/`([A-Z_]+)`/g)].map(([, code = '']) => code);
const prose = (text: string): string => text.replace(/^```.*?^```$/gms, '');

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file))
    .sort();
}

/** The names of headings as links spell them. */
function anchorsOf(text: string): Set<string> {
  const headings = [...prose(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** All sources as one text, with interpolations as dots and texts that go on in the next line joined. */
function sources(): string {
  const folders = ['apps', 'libs', 'scripts'];
  const found = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|mjs)$/.test(file) && !/spec\.ts$/.test(file) && !file.includes('node_modules'))
      .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
  );
  return found
    .join('\n')
    .replace(/\$\{[^{}]*(\{[^{}]*\}[^{}]*)*\}/g, '…')
    .replace(/['"`]\s*\+\s*['"`]/g, '')
    .replaceAll('\\"', '"');
}

/** The words of `piece` that stand in no run of two or more words of `text`: what the code fills in, or nobody says. */
function strangersIn(piece: string, text: string): number {
  let words = piece.split(' ');
  let strangers = 0;
  while (words.length > 0) {
    let length = words.length;
    while (length > 1 && !text.includes(words.slice(0, length).join(' '))) length -= 1;
    words = words.slice(length);
    if (length === 1) strangers += 1;
  }
  return strangers;
}

describe.each(files)('%s', (file) => {
  const text = textOf(file);

  it('links to files and headings that exist', () => {
    const links = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target).filter((target) => !/^[a-z]+:/.test(target));
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : relative(ROOT, join(ROOT, dirname(file), path));
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && anchor !== '' && !anchorsOf(textOf(target)).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const named = [...text.matchAll(/\bnpm (?:run|run-script)(?: --?[a-z-]+)* ([a-z][a-z:-]*[a-z])/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names settings that exist', () => {
    // Another test holds .env.example to the configuration classes.
    const known = new Set([...textOf('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name));
    const ours = [...sources().matchAll(/code(?:(?:: string)? =|:) '([A-Z_]+)'/g)].map(([, code = '']) => code);
    const codes = new Set([...FINDING_CODES, ...ours]);
    // Without an underscore it may be a word of SQL as well.
    const named = [...prose(text).matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !known.has(name) && !codes.has(name) && !OTHER_NAMES.has(name))).toEqual([]);
  });
});

describe('the troubleshooting of docs/operations.md', () => {
  const [, part = ''] = textOf('docs/operations.md').split('\n## Troubleshooting\n');

  it('quotes what the code says', () => {
    const ours = sources();
    const quoted = [...part.matchAll(/^\| (`.+?) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, quote = '']) => quote));
    const pieces = quoted
      .flatMap((quote) => quote.split(/…|"[^"]*"|\b\d+\b|\b[A-Z]+(?:_[A-Z]+)+\b/))
      .map((piece) => piece.replace(/^[\s,.:;()]+|[\s,.:;()]+$/g, ''))
      .filter((piece) => piece.length > 5);
    expect(pieces.length).toBeGreaterThan(40);
    expect(pieces.filter((piece) => strangersIn(piece, ours) > 1 && !NOT_OUR_WORDS.some((words) => piece.startsWith(words)))).toEqual([]);
  });
});
