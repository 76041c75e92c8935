import type { SchemaFinding } from '../../compare/finding.js';
import type { DriftCase, DriftCases } from './drift-case.js';
import { describeRepair } from './describe-repair.js';
import { LifecycleDatabase } from './lifecycle-database.js';
import { placeOf, textOf } from './finding-text.js';
import { casesOf, roundsOf, type Round } from './rounds.js';

export type Open = () => Promise<LifecycleDatabase>;

/**
 * The tests of some cases. Those of a round are broken one after the other; each is found, in the right words, and nothing else is; then
 * they are planned and repaired together, after which the comparison is empty, no row is gone, and repairing again does nothing.
 */
export function describeDrift(groups: readonly DriftCases[], major: number, open: Open = () => LifecycleDatabase.open()): void {
  const rounds = roundsOf(casesOf(groups, major));
  describe.each(rounds.map((round, place) => ({ round, place: place + 1 })))('round $place', ({ round }) => describeRound(round, open));
}

function describeRound(round: Round, open: Open): void {
  let database: LifecycleDatabase;
  let findings: readonly SchemaFinding[];
  beforeAll(async () => {
    database = await open();
    for (const one of round) await breakIt(database, one);
    findings = await database.findings();
  });
  afterAll(() => database.drop());

  test.each(round)('$name is found', (one) => {
    const places = [placeOf(one.finds), ...(one.alsoFinds ?? [])];
    expect(placesIn(findings).filter((place) => places.includes(place))).toEqual(places.sort());
    expectWords(one, findings);
  });

  test('nothing else is found', () => {
    expect(placesIn(findings)).toEqual(round.flatMap(({ finds, alsoFinds = [] }) => [placeOf(finds), ...alsoFinds]).sort());
  });

  describeRepair(round, () => ({ database, findings }));
}

async function breakIt(database: LifecycleDatabase, { name, rows = [], by = 'owner', breaks }: DriftCase): Promise<void> {
  try {
    await database.run('admin', rows);
    await database.run(by, breaks);
  } catch (error) {
    throw new Error(`"${name}" could not be done.`, { cause: error });
  }
}

function placesIn(findings: readonly SchemaFinding[]): string[] {
  return findings.map(placeOf).sort();
}

function expectWords({ finds }: DriftCase, findings: readonly SchemaFinding[]): void {
  const finding = findings.find((each) => placeOf(each) === placeOf(finds));
  expect(finding?.driftClass).toBe(finds.driftClass);
  if (finds.severity !== undefined) expect(finding?.severity).toBe(finds.severity);
  for (const words of finds.words) expect(textOf(finding)).toMatch(words);
}
