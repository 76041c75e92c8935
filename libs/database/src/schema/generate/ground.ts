import type { Catalogue } from '../catalogue/catalogue.js';
import type { TwoViews } from '../expected/entities-against-migrations.js';
import type { DeclaredStep } from './declared/declared-step.js';
import { fillSteps, type Fill } from './declared/fill.js';
import { followUpRenames } from './declared/follow-up-names.js';
import { renameCandidates, type RenameCandidate } from './declared/rename-candidates.js';
import { renameSteps, type Rename } from './declared/rename.js';
import { RenameUndecidedError } from './errors.js';
import type { Rehearsal } from './rehearsal.js';

/** What only a person can know of a change. */
export interface Declarations {
  readonly renames?: readonly Rename[];
  /** `table` or `table.column`: what may be lost. */
  readonly allowLoss?: readonly string[];
  readonly fills?: readonly Fill[];
  /** Asks a person which of the candidates are renames. Without it an undecided one is an error. */
  readonly decide?: (candidates: readonly RenameCandidate[]) => Promise<Decisions>;
}

/** What a person said about things that are gone. */
export interface Decisions {
  readonly renames: readonly Rename[];
  readonly allowLoss: readonly string[];
}

/** The schema after everything that was declared: from here on a program can plan. */
export interface Ground {
  readonly declared: readonly DeclaredStep[];
  /** After the declared steps of one transaction, and after those that stand alone: the latter is the last. */
  readonly afterTransaction: Catalogue;
  readonly catalogue: Catalogue;
  readonly allowLoss: readonly string[];
}

/** Makes, in the migrations' scratch database, what was declared. @throws RenameUndecidedError, FillMissingError, GenerateOptionError */
export async function prepareGround(rehearsal: Rehearsal, { migrations, entities, handmade }: TwoViews, declarations: Declarations): Promise<Ground> {
  const functions = [...handmade.beforeTables, ...handmade.afterTables];
  let catalogue = migrations;
  let { renames = [], allowLoss = [] } = declarations;
  const declared: DeclaredStep[] = [];
  const take = async (steps: readonly DeclaredStep[], transactional = true): Promise<void> => {
    if (steps.length === 0) return;
    await rehearsal.run({ transactional, statements: steps.map(({ sql }) => sql) });
    declared.push(...steps);
    catalogue = await rehearsal.look();
  };
  // Tables first: the columns of a renamed one are looked for under its new name.
  for (const kind of ['table', 'column'] as const) {
    const undecided = renameCandidates(catalogue.facts, entities.facts).filter(
      (candidate) => candidate.kind === kind && !isDecided(candidate, renames, allowLoss),
    );
    const said = await decide(undecided, declarations);
    renames = [...renames, ...said.renames];
    allowLoss = [...allowLoss, ...said.allowLoss];
    const ofKind = renames.filter((rename) => rename.kind === kind);
    await take(renameSteps(ofKind, catalogue.facts, entities.facts, functions));
  }
  if (declared.length > 0) await take(followUpRenames(catalogue.facts, entities.facts));
  const fills = fillSteps(declarations.fills ?? [], catalogue.facts, entities.facts);
  await take(fills.filter(({ online }) => !online));
  const afterTransaction = catalogue;
  await take(
    fills.filter(({ online }) => online),
    false,
  );
  return { declared, afterTransaction, catalogue, allowLoss };
}

function isDecided({ kind, from }: RenameCandidate, renames: readonly Rename[], allowLoss: readonly string[]): boolean {
  const isNamed = (rename: Rename): boolean => rename.kind === kind && from === (rename.kind === 'table' ? rename.from : `${rename.table}.${rename.from}`);
  return allowLoss.some((allowance) => from === allowance || from.startsWith(`${allowance}.`)) || renames.some(isNamed);
}

async function decide(candidates: readonly RenameCandidate[], { decide: ask }: Declarations): Promise<Decisions> {
  if (candidates.length === 0) return { renames: [], allowLoss: [] };
  if (ask === undefined) throw new RenameUndecidedError(candidates);
  return ask(candidates);
}
