import type { Catalogue } from '../catalogue/catalogue.js';
import type { TwoViews } from '../expected/entities-against-migrations.js';
import type { RepairStep } from '../plan/repair-step.js';
import type { Ground } from './ground.js';
import type { Part } from './parts.js';
import type { Rehearsal } from './rehearsal.js';
import { downStatements, upStatements, type Statement } from './statements.js';

/** A part whose statements ran in a scratch database, forth, back and forth again, and left what they should. */
export interface TriedPart {
  readonly transactional: boolean;
  readonly up: readonly Statement[];
  readonly down: readonly Statement[];
}

/** The steps from one catalogue to another. */
export type Planner = (from: Catalogue, to: Catalogue) => readonly RepairStep[];

/**
 * Runs the parts where the declared steps have run already, plans for each the way back, and then tries all of it: back, and forth again.
 * @throws GeneratedStatementError, MigrationNotExactError
 */
export async function tryOut(
  rehearsal: Rehearsal,
  parts: readonly Part[],
  ground: Ground,
  { migrations, entities }: TwoViews,
  plan: Planner,
): Promise<TriedPart[]> {
  const tried: TriedPart[] = [];
  let before = migrations;
  for (const part of parts) {
    const found = foundBy(part, ground) ?? before;
    const statements = part.planned.map(({ sql }) => sql);
    await rehearsal.run({ transactional: part.transactional, statements });
    before = statements.length === 0 ? found : await rehearsal.look();
    tried.push({ transactional: part.transactional, up: upStatements(part, found), down: downStatements(part, found, before, plan) });
  }
  rehearsal.expect(entities, before, 'up');
  for (const { transactional, down } of [...tried].reverse()) await rehearsal.run({ transactional, statements: down.map(({ sql }) => sql) });
  rehearsal.expect(migrations, await rehearsal.look(), 'down');
  for (const { transactional, up } of tried) await rehearsal.run({ transactional, statements: up.map(({ sql }) => sql) });
  rehearsal.expect(entities, await rehearsal.look(), 'up again');
  return tried;
}

/** The schema that the planned steps of a part meet; undefined: what the part before it left. */
function foundBy({ declared: [first] }: Part, { afterTransaction, catalogue }: Ground): Catalogue | undefined {
  if (first === undefined) return undefined;
  return first.online ? catalogue : afterTransaction;
}
