// Lints texts that are given on stdin as [{ file, text, typed }] under the repository's own configuration, and prints for each the list
// of { ruleId, message }. `typed` runs the rules that need types too; its file must exist. For libs/database/src/architecture.spec.ts.
import { text as readAll } from 'node:stream/consumers';
import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

// Where CI is set, typescript-eslint reads each file once and from the disk: it would not see the planted texts.
process.env.TSESTREE_SINGLE_RUN = 'false';

const cwd = resolve(import.meta.dirname, '..', '..');
const untyped = [tseslint.configs.disableTypeChecked, { languageOptions: { parserOptions: { project: false } } }];
const linters = { true: new ESLint({ cwd }), false: new ESLint({ cwd, overrideConfig: untyped }) };

const answers = [];
for (const { file, text, typed } of JSON.parse(await readAll(process.stdin))) {
  const [result] = await linters[String(typed === true)].lintText(text, { filePath: resolve(cwd, file) });
  answers.push((result?.messages ?? [{ ruleId: null, message: 'ignored' }]).map(({ ruleId, message }) => ({ ruleId, message })));
}
process.stdout.write(JSON.stringify(answers));
