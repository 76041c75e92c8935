import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { DataSource } from 'typeorm';
import { createOwnerDataSourceOptions } from '../data-source-options.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';

/** What the driver gives for each type of column. jsonb has the shape that the entity says. */
const GIVEN: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  varchar: 'string',
  char: 'string',
  inet: 'string',
  bigint: 'string',
  decimal: 'string',
  integer: 'number',
  smallint: 'number',
  boolean: 'boolean',
  timestamptz: 'Date',
};

const here = dirname(fileURLToPath(import.meta.url));
const program = ts.createProgram([join(here, 'index.ts')], {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  experimentalDecorators: true,
  skipLibCheck: true,
  types: ['node'],
  strictPropertyInitialization: false,
});
const checker = program.getTypeChecker();

/** `Entity.property` → its type as the compiler sees it, closed sets widened to string. */
function declaredTypes(): Map<string, string> {
  const found = new Map<string, string>();
  for (const source of program.getSourceFiles().filter((file) => file.fileName.endsWith('.entity.ts'))) {
    source.forEachChild((node) => {
      if (!ts.isClassDeclaration(node) || node.name === undefined) return;
      for (const member of node.members) {
        if (!ts.isPropertyDeclaration(member) || !ts.isIdentifier(member.name)) continue;
        found.set(`${node.name.text}.${member.name.text}`, plain(checker.getTypeAtLocation(member)));
      }
    });
  }
  return found;
}

function plain(type: ts.Type): string {
  const parts = (type.isUnion() ? type.types : [type]).map((part) => checker.typeToString(checker.getBaseTypeOfLiteralType(part)));
  return [...new Set(parts)].sort((left, right) => Number(left === 'null') - Number(right === 'null')).join(' | ');
}

describe('the properties of the entities', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  it('have the types of what the driver gives: bigint and decimal are strings, a nullable column may be null, no other may', async () => {
    const declared = declaredTypes();
    const source = await new DataSource(createOwnerDataSourceOptions(database.urls.owner)).initialize();
    const columns = source.entityMetadatas.flatMap((metadata) =>
      metadata.columns.map((column) => ({ name: `${metadata.name}.${column.propertyName}`, column })),
    );
    await source.destroy();
    expect(columns.length).toBeGreaterThan(400);
    const wrong = columns.flatMap(({ name, column }) => {
      const actual = declared.get(name) ?? 'missing';
      const given = GIVEN[String(column.type)];
      const nullable = column.isNullable ? ' | null' : '';
      if (column.type === 'jsonb') return actual === 'unknown' || actual.endsWith('null') === column.isNullable ? [] : [`${name}: ${actual}`];
      const expected = `${given}${column.isArray ? '[]' : ''}${nullable}`;
      return normalised(actual) === expected ? [] : [`${name}: ${actual} instead of ${expected}`];
    });
    expect(wrong).toEqual([]);
  });
});

/** `false | true` is how the compiler spells boolean in a union. */
function normalised(type: string): string {
  return type.replace('false | true', 'boolean');
}
