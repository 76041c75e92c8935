import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { importFences } from './scripts/lint/import-fences.mjs';

const plinth = { rules: { 'import-fences': importFences } };

/** Shapes that review would have to remember: each says what to do instead. */
const REFUSED_SHAPES = [
  {
    selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
    message: 'A cast through unknown hides a wrong type. Narrow the value, or give the source the right type.',
  },
  {
    selector: "MemberExpression[object.name='Scope'][property.name='REQUEST']",
    message: 'Scope.REQUEST leaves a fraction of the throughput. Keep a singleton and read the request context.',
  },
  {
    selector: 'CallExpression > MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|only|todo|fails|failing)$/]',
    message: 'No test is skipped, singled out or left for later. Mend it or delete it.',
  },
  {
    selector: 'CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
    message: 'No test is skipped or singled out. Mend it or delete it.',
  },
];

export default defineConfig(
  {
    ignores: ['dist/**', 'node_modules/**', '.plinth/**', 'coverage/**', 'bench/**/node_modules/**', '.ci/**/node_modules/**'],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.mjs'],
    plugins: { plinth },
    rules: {
      'plinth/import-fences': 'error',
      'max-lines': ['error', { max: 400 }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
      'no-restricted-syntax': ['error', ...REFUSED_SHAPES],
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-debugger': 'error',
      'no-empty': 'error',
      'no-unreachable': 'error',
      'no-unsafe-finally': 'error',
      'no-constant-condition': ['error', { checkLoops: false }],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingAny: true, allowThrowingUnknown: true }],
      // Passing on what was caught, or the reason of a signal, is no new error.
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingAny: true, allowThrowingUnknown: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // An interface of ours may be asynchronous while one implementation has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // `'tls' | string` and `unknown | null` say to the reader what the compiler folds away.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    },
  },
  {
    // expect(mock.method) and expect.any() are the usual forms of assertions.
    files: ['**/*.spec.ts', '**/*.e2e-spec.ts', '**/*.proof-spec.ts'],
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // What must not compile is proven by a line that says why it must not.
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description', 'ts-ignore': true, 'ts-nocheck': true }],
    },
  },
  { files: ['libs/database/src/migrations/**', '**/*.generated.ts'], rules: { 'max-lines': 'off' } },
);
