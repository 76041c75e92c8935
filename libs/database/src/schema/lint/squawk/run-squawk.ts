import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { SquawkUnusableError } from '../errors.js';
import type { OutsideFinding } from '../lint-migration.js';
import { OPT_IN, SQUAWK_OFF } from './squawk-rules.js';

export interface SquawkOptions {
  /** The oldest PostgreSQL that must take the SQL: `15.0`. */
  readonly pgVersion?: string;
  /** Whether the runner wraps the migration in a transaction. */
  readonly inTransaction: boolean;
  /** Its program; default: that of the package squawk-cli. */
  readonly program?: string;
}

/** What squawk answers for each finding, as far as it is read here. Lines count from 0. */
interface SquawkAnswer {
  readonly line: number;
  readonly message: string;
  readonly help?: string | null;
  readonly rule_name: string;
}

/** Found something. 0 is nothing; whatever else squawk ends with means that it could not look. */
const FOUND = 1;

/**
 * Asks squawk about the statements of one migration, together: it knows then which tables they make.
 * @throws SquawkUnusableError where its program is missing or does not answer; that is not "nothing found"
 */
export async function runSquawk(
  statements: readonly string[],
  { pgVersion = '15.0', inTransaction, program = squawkProgram() }: SquawkOptions,
): Promise<OutsideFinding[]> {
  const starts: number[] = [];
  let line = 0;
  for (const statement of statements) {
    starts.push(line);
    line += statement.split('\n').length + 1;
  }
  const sql = statements.map((statement) => `${statement}\n;\n`).join('');
  const flags = [
    '--reporter=json',
    `--pg-version=${pgVersion}`,
    `--exclude=${Object.keys(SQUAWK_OFF).join(',')}`,
    `--include=${OPT_IN.join(',')}`,
    ...(inTransaction ? ['--assume-in-transaction'] : []),
    '--stdin-filepath=migration.sql',
  ];
  const answers = parseAnswers(await ask(program, flags, sql));
  return answers.map((answer) =>
    toFinding(
      answer,
      starts.findLastIndex((start) => start <= answer.line),
    ),
  );
}

function toFinding({ rule_name: rule, message, help }: SquawkAnswer, statement: number): OutsideFinding {
  return {
    statement,
    rule: `squawk/${rule}`,
    object: `statement ${statement + 1}`,
    says: message,
    mend: help ?? `https://squawkhq.com/docs/${rule} says what to do instead.`,
    page: `https://squawkhq.com/docs/${rule}`,
  };
}

/** @throws SquawkUnusableError */
function squawkProgram(): string {
  try {
    const { getBinaryPath } = createRequire(import.meta.url)('squawk-cli/js/index.js') as { readonly getBinaryPath: () => string };
    return getBinaryPath();
  } catch (error) {
    throw new SquawkUnusableError('its program is not installed', error);
  }
}

function ask(program: string, flags: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, flags, { stdio: ['pipe', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', (error) => reject(new SquawkUnusableError('its program does not start', error)));
    child.on('close', (code) => {
      if (code === 0 || code === FOUND) resolve(Buffer.concat(out).toString());
      else reject(new SquawkUnusableError(`it ended with ${code ?? 'a signal'}: ${Buffer.concat(err).toString().trim()}`));
    });
    // A program that ends before it has read everything says why by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** @throws SquawkUnusableError */
function parseAnswers(text: string): SquawkAnswer[] {
  try {
    return JSON.parse(text) as SquawkAnswer[];
  } catch (error) {
    throw new SquawkUnusableError('its answer is no JSON', error);
  }
}
