import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');

interface Plant {
  readonly file: string;
  readonly text: string;
  /** Runs the rules that need types; the file must exist then. */
  readonly typed?: boolean;
}

interface Finding {
  readonly ruleId: string | null;
  readonly message: string;
}

/** What the repository's own lint says about each text if it stood in that file. One process for all: starting it is the cost. */
async function lint(plants: readonly Plant[]): Promise<Finding[][]> {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [join(ROOT, 'scripts', 'lint', 'lint-planted.mjs')], { maxBuffer: 16_000_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(JSON.parse(stdout) as Finding[][]);
      else reject(new Error(stderr, { cause: error }));
    });
    child.stdin?.end(JSON.stringify(plants));
  });
}

const importing = (file: string, specifier: string): Plant => ({
  file,
  text: `import { x } from '${specifier}';\nexport const y = x;\n`,
});

/** [the fence, a file and what it imports, a file that may import the same] */
const FENCES: readonly [string, Plant, Plant][] = [
  ['apps-apart', importing('apps/api/src/a.ts', '../../worker/src/jobs/b.js'), importing('apps/api/src/a.ts', './jobs/b.js')],
  ['library-doors-from-apps', importing('apps/api/src/a.ts', '../../../libs/database/src/ids.js'), importing('apps/api/src/a.ts', '#database')],
  ['library-doors-from-libraries', importing('libs/queue/src/a.ts', '../../database/src/ids.js'), importing('libs/queue/src/a.ts', '#database')],
  ['libraries-know-no-app', importing('libs/queue/src/a.ts', '../../../apps/api/src/main.js'), importing('apps/api/src/a.ts', './main.js')],
  ['own-door', importing('libs/database/src/tenancy/a.ts', '../index.js'), importing('libs/database/src/tenancy/a.ts', '../ids.js')],
  ['own-door', importing('libs/queue/src/a.ts', '#queue'), importing('apps/worker/src/a.ts', '#queue')],
  ['database-is-the-base', importing('libs/database/src/health/a.ts', '#queue'), importing('libs/agents/src/a.ts', '#queue')],
  ['queue-imports-database-only', importing('libs/queue/src/a.ts', '#agents'), importing('libs/queue/src/a.ts', '#database')],
  ['service-imports-database-only', importing('libs/service/src/a.ts', '#queue'), importing('libs/service/src/a.ts', '#database')],
  ['domains-apart', importing('libs/agents/src/a.ts', '#service'), importing('apps/worker/src/a.ts', '#service')],
  ['domains-apart', importing('libs/agents/src/a.ts', '#identity'), importing('apps/api/src/a.ts', '#identity')],
  ['client-imports-no-library', importing('libs/client/src/a.ts', '#database'), importing('apps/cli/src/a.ts', '#client')],
  ['client-imports-no-library', importing('apps/cli/src/a.ts', '#runs'), importing('apps/cli/test/a.e2e-spec.ts', '#database/testing')],
  ['client-runs-anywhere', importing('libs/client/src/a.ts', 'ajv'), importing('libs/client/src/a.ts', 'openapi-fetch')],
  ['typeorm', importing('apps/api/src/a.ts', 'typeorm'), importing('libs/agents/src/persistence/a.ts', 'typeorm')],
  ['typeorm', importing('libs/agents/src/sync/a.ts', 'typeorm'), importing('libs/database/src/a.ts', 'typeorm')],
  ['nestjs-typeorm', importing('libs/agents/src/persistence/a.ts', '@nestjs/typeorm'), importing('libs/database/src/a.ts', '@nestjs/typeorm')],
  ['pg', importing('libs/identity/src/a.ts', 'pg'), importing('libs/queue/src/a.ts', 'pg')],
  ['pg', importing('apps/api/test/a.e2e-spec.ts', 'pg'), importing('apps/api/test/a.e2e-spec.ts', '#database/testing')],
  ['no-native-driver', importing('libs/database/src/a.ts', 'pg-native'), importing('libs/database/src/a.ts', 'pg')],
  [
    'migrations-are-frozen',
    importing('libs/database/src/migrations/a.ts', '../entities/identity/user.entity.js'),
    importing('libs/database/src/seeds/a.ts', '../entities/index.js'),
  ],
  ['schema-tools-are-not-served', importing('apps/worker/src/a.ts', '#database/schema'), importing('libs/database/src/cli/a.ts', '../schema/check.js')],
  ['schema-tools-are-not-served', importing('libs/database/src/health/a.ts', '../schema/check.js'), importing('libs/database/src/schema/a.ts', './check.js')],
  ['test-tools-are-not-served', importing('apps/api/src/a.ts', '#database/testing'), importing('apps/api/src/a.spec.ts', '#database/testing')],
  ['test-tools-are-not-served', importing('libs/database/src/a.ts', './testing/admin.js'), importing('libs/database/src/a.spec.ts', './testing/admin.js')],
];

/** Every spelling of an import. */
const SPELLINGS = [
  "import 'pg';",
  "import type { Client } from 'pg';",
  "export * from 'pg';",
  "export { Client } from 'pg';",
  "await import('pg');",
  "export type A = import('pg').Client;",
];

/** [the rule, a text that breaks it] */
const SHAPES: readonly [string, Plant][] = [
  ['@typescript-eslint/no-explicit-any', { file: 'apps/api/src/a.ts', text: 'export const a: any = 1;\n' }],
  ['@typescript-eslint/ban-ts-comment', { file: 'apps/api/src/a.ts', text: '// @ts-ignore\nexport const a: number = 1;\n' }],
  ['@typescript-eslint/ban-ts-comment', { file: 'apps/api/src/a.ts', text: '// @ts-expect-error because\nexport const a: number = 1;\n' }],
  ['@typescript-eslint/no-non-null-assertion', { file: 'apps/api/src/a.ts', text: 'export const f = (a?: string): string => a!;\n' }],
  ['no-restricted-syntax', { file: 'apps/api/src/a.ts', text: 'export const a = 1 as unknown as string;\n' }],
  ['no-restricted-syntax', { file: 'apps/api/src/a.ts', text: "import { Scope } from '@nestjs/common';\nexport const a = Scope.REQUEST;\n" }],
  ['no-restricted-syntax', { file: 'apps/api/test/a.e2e-spec.ts', text: "it.skip('later', () => undefined);\n" }],
  ['no-restricted-syntax', { file: 'libs/queue/src/a.spec.ts', text: "describe.only('this', () => undefined);\n" }],
  ['no-restricted-syntax', { file: 'libs/queue/src/a.spec.ts', text: "xit('later', () => undefined);\n" }],
  ['no-warning-comments', { file: 'libs/queue/src/a.ts', text: `// ${'TO'}${'DO'}: later\nexport const a = 1;\n` }],
  ['max-lines', { file: 'libs/queue/src/a.ts', text: 'export const a = 1;\n'.repeat(401).replaceAll('a', 'b') }],
  ['@typescript-eslint/no-floating-promises', { file: 'apps/api/src/main.ts', typed: true, text: 'async function a(): Promise<void> {}\na();\n' }],
  ['@typescript-eslint/no-misused-promises', { file: 'apps/api/src/main.ts', typed: true, text: 'export const a = [1].filter(async () => true);\n' }],
  ['@typescript-eslint/no-unsafe-member-access', { file: 'apps/api/src/main.ts', typed: true, text: "export const a: unknown = JSON.parse('{}').b;\n" }],
];

describe('the house rules', () => {
  const plants = [
    ...FENCES.flatMap(([, forbidden, allowed]) => [forbidden, allowed]),
    ...SPELLINGS.map((text): Plant => ({ file: 'libs/identity/src/a.ts', text })),
    ...SHAPES.map(([, plant]) => plant),
    { file: 'apps/api/src/a.ts', text: '/* eslint-disable */\nexport const a: any = 1;\n' },
  ];
  const findings = new Map<Plant, Finding[]>();

  beforeAll(async () => {
    const answers = await lint(plants);
    plants.forEach((plant, index) => findings.set(plant, answers[index] ?? []));
  }, 120_000);

  const fencesHit = (plant: Plant): string[] =>
    (findings.get(plant) ?? []).flatMap(({ ruleId, message }) => (ruleId === 'plinth/import-fences' ? [/\(([a-z-]+)\): /.exec(message)?.[1] ?? '?'] : []));

  it.each(
    FENCES.map(([name, forbidden, allowed]) => ({
      name,
      forbidden,
      allowed,
      from: forbidden.file,
      what: forbidden.text.split("'")[1],
    })),
  )('$name: $from may not import $what', ({ name, forbidden, allowed }) => {
    expect(fencesHit(forbidden)).toContain(name);
    expect(fencesHit(allowed)).toEqual([]);
  });

  it('hold for every spelling of an import', () => {
    const hit = plants.filter(({ text }) => SPELLINGS.includes(text)).map((plant) => [plant.text, fencesHit(plant)]);
    expect(hit).toEqual(SPELLINGS.map((text) => [text, ['pg']]));
  });

  it('prove each fence by a plant', async () => {
    const table = await readFile(join(ROOT, 'scripts', 'lint', 'fences.mjs'), 'utf8');
    const names = [...table.matchAll(/^ {4}name: '([a-z-]+)'/gm)].map((match) => match[1]);
    expect([...new Set(FENCES.map(([name]) => name))].sort()).toEqual(names.sort());
  });

  it.each(SHAPES.map(([rule, plant]) => ({ rule, plant, text: plant.text.slice(0, 60).trim() })))('$rule refuses: $text', ({ rule, plant }) => {
    expect((findings.get(plant) ?? []).map(({ ruleId }) => ruleId)).toContain(rule);
  });

  it('cannot be switched off by a comment', () => {
    const disabled = plants.at(-1);
    expect((disabled && findings.get(disabled))?.map(({ ruleId }) => ruleId)).toContain('@typescript-eslint/no-explicit-any');
  });
});
