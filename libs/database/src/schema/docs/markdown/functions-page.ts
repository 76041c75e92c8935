import type { FunctionFacts } from '../facts/table-facts.js';
import { code, page, table } from './text.js';

/** The page of the functions in `app`. */
export function functionsPage(functions: readonly FunctionFacts[]): string {
  return page([
    '# The functions',
    '',
    'Closed to everybody but the roles named here and app_owner. Functions of triggers are opened to nobody: PostgreSQL asks for EXECUTE when',
    'a trigger is made, not when it fires.',
    '',
    ...table(
      ['function', 'returns', 'language', 'runs as', 'executed by'],
      functions.map(({ signature, returns, language, volatility, definer, executedBy }) => [
        code(signature),
        returns,
        `${language}, ${volatility}`,
        definer ? 'its owner' : 'its caller',
        executedBy.join(', '),
      ]),
    ),
    '[All areas](README.md)',
  ]);
}
