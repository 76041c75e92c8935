import type { RenameCandidate } from '../../schema/generate/declared/rename-candidates.js';
import type { Decisions } from '../../schema/generate/ground.js';
import { parseColumnRename, parseTableRename, type Rename } from '../../schema/generate/declared/rename.js';
import { RenamesLeftOpenError } from '../errors.js';

/** Shows a text and answers what a person typed. */
export type Ask = (question: string) => Promise<string>;

/**
 * Asks of each thing that is gone whether it is a new one under another name, or dropped with what is in it.
 * @throws RenamesLeftOpenError where the answer is neither
 */
export async function askForRenames(candidates: readonly RenameCandidate[], ask: Ask): Promise<Decisions> {
  const renames: Rename[] = [];
  const allowLoss: string[] = [];
  const taken = new Set<string>();
  for (const candidate of candidates) {
    const choices = candidate.to.filter((name) => !taken.has(name));
    const said = choices.length === 0 ? 'drop' : (await ask(questionOf(candidate, choices))).trim();
    const chosen = choices[Number(said) - 1];
    if (chosen !== undefined) {
      taken.add(chosen);
      renames.push(candidate.kind === 'table' ? parseTableRename(`${candidate.from}=${chosen}`) : parseColumnRename(`${candidate.from}=${chosen}`));
    } else if (said === 'drop' && choices.length > 0) allowLoss.push(candidate.from);
    else throw new RenamesLeftOpenError(candidate.from);
  }
  return { renames, allowLoss };
}

function questionOf({ kind, from }: RenameCandidate, choices: readonly string[]): string {
  const lines = choices.map((name, place) => `  ${place + 1}     it is ${name} now: rename it, and keep what is in it`);
  return [`The ${kind} ${from} is gone.`, ...lines, `  drop  it is dropped, and what is in it is lost`, 'Anything else stops here. Which? '].join('\n');
}
