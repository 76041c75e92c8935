import type { SchemaFinding } from '../../compare/finding.js';
import { describeDestructiveRepair } from './describe-destructive-repair.js';
import type { DriftCase } from './drift-case.js';
import { expectPlanned, expectRepaired, expectSame, keysOfFindings, keysOfRound, titleOf } from './expectations.js';
import type { LifecycleDatabase } from './lifecycle-database.js';
import type { Round } from './rounds.js';

/** What a round has come to when its repair begins. */
export interface Broken {
  readonly database: LifecycleDatabase;
  readonly findings: readonly SchemaFinding[];
}

/** The tests of the repair of one round, by who can do it. */
export function describeRepair(round: Round, broken: () => Broken): void {
  REPAIRS[round[0].repair](round, broken);
}

const REPAIRS: Record<DriftCase['repair'], (round: Round, broken: () => Broken) => void> = {
  owner: describeOwnersRepair,
  administrator: describeAdministratorsRepair,
  destructive: describeDestructiveRepair,
  manual: describeNoRepair,
};

function describeOwnersRepair(round: Round, broken: () => Broken): void {
  test(`${titleOf(round)} planned, and repaired by the owner, without any loss`, async () => {
    const { database } = broken();
    const rows = await database.rowCounts();
    const { outcome, plan, failed, left } = await database.manager().fixSchema();
    expectRepaired({ outcome, failed, left });
    for (const one of round) expectPlanned(one, plan);
    expect(plan.steps.filter(({ loses }) => loses !== null)).toEqual([]);
    await database.run('admin', undoOf(round));
    await expectSame(database, rows);
  });
}

function describeAdministratorsRepair(round: Round, broken: () => Broken): void {
  test(`${titleOf(round)} left by the owner, with the statements that would repair it, and repaired by an administrator`, async () => {
    const { database, findings } = broken();
    const byOwner = await database.manager().fixSchema();
    expect(byOwner.done.filter(({ administrator }) => administrator)).toEqual([]);
    expect(keysOfFindings(byOwner.left)).toEqual(expect.arrayContaining(keysOfRound(round)));
    for (const { finds } of round) expect(findings.find(({ key }) => key === finds.key)?.repair).not.toEqual([]);
    const rows = await database.rowCounts();
    const { outcome, plan, failed, left } = await database.administering().fixSchema();
    expectRepaired({ outcome, failed, left });
    for (const one of round) expectPlanned(one, plan);
    await database.run('admin', undoOf(round));
    await expectSame(database, rows);
  });
}

function describeNoRepair(round: Round, broken: () => Broken): void {
  test(`${titleOf(round)} left to a person, who is told`, async () => {
    const { database } = broken();
    const { left, plan } = await database.administering().fixSchema();
    expect(plan.manual).toEqual(expect.arrayContaining(keysOfRound(round)));
    expect(keysOfFindings(left)).toEqual(expect.arrayContaining(keysOfRound(round)));
    await database.run('admin', undoOf(round));
    expect(await database.findings()).toEqual([]);
  });
}

function undoOf(round: Round): string[] {
  return round.flatMap(({ undo = [] }) => undo);
}
