import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp } from '../../backup/back-up.js';
import { DestructiveRepairRefusedError } from '../../errors.js';
import type { Broken } from './describe-repair.js';
import { expectPlanned, expectRepaired, expectSame, keysOfFindings, keysOfRound, titleOf } from './expectations.js';
import type { LifecycleDatabase } from './lifecycle-database.js';
import type { Round } from './rounds.js';

/** What can lose values is refused until the option, the setting and a receipt are there, and no row changes meanwhile. */
export function describeDestructiveRepair(round: Round, broken: () => Broken): void {
  const title = titleOf(round);

  test(`${title} planned with what is lost, and left where nobody asked for it`, async () => {
    const { database } = broken();
    const plan = await database.manager().planFix({ destructive: true });
    for (const one of round) expectPlanned(one, plan);
    expect(plan.steps.filter(({ loses }) => loses !== null)).not.toEqual([]);
    const before = await database.contents();
    const report = await database.manager({ destructiveAllowed: true }).fixSchema();
    expect(report.done.filter(({ loses }) => loses !== null)).toEqual([]);
    expect(keysOfFindings(report.left)).toEqual(expect.arrayContaining(keysThatLose(round)));
    await expectKept(database, before);
  });

  test(`${title} refused without AUTO_SCHEMA_DESTRUCTIVE, without a receipt, and with the receipt of nothing`, async () => {
    const { database } = broken();
    const before = await database.contents();
    const asked = { destructive: true } as const;
    const allowed = database.manager({ destructiveAllowed: true });
    const unset = await refusalOf(database.manager().fixSchema({ ...asked, receipt: { backupId: 'x' } }));
    expect(unset).toBeInstanceOf(DestructiveRepairRefusedError);
    expect(unset.message).toContain('AUTO_SCHEMA_DESTRUCTIVE');
    const without = await refusalOf(allowed.fixSchema(asked));
    expect(without).toBeInstanceOf(DestructiveRepairRefusedError);
    expect(without.message).toContain('db:backup');
    const { done, failed } = await allowed.fixSchema({ ...asked, receipt: { backupId: 'nobody attested this' } });
    expect(failed.map(({ reason }) => reason).join()).toContain('nobody attested this');
    expect(done.filter(({ loses }) => loses !== null)).toEqual([]);
    await expectKept(database, before);
  });

  test(`${title} repaired with the receipt of a backup`, async () => {
    const { database } = broken();
    const folder = await mkdtemp(join(tmpdir(), 'plinth-lifecycle-'));
    try {
      const { archive } = await backUp(database.owner, { to: folder, build: 'test' });
      const rows = await database.rowCounts();
      const manager = database.manager({ destructiveAllowed: true });
      const { outcome, failed, left } = await manager.fixSchema({ destructive: true, receipt: { archive } });
      expectRepaired({ outcome, failed, left });
      await expectSame(database, rows);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** Every value is where it was; what was added meanwhile does not matter. */
async function expectKept(database: LifecycleDatabase, before: ReadonlyMap<string, string>): Promise<void> {
  const now = await database.contents();
  expect([...before.keys()].map((column) => [column, now.get(column)])).toEqual([...before]);
}

/** Of a renamed thing, what is missing may be made again without any loss. */
function keysThatLose(round: Round): string[] {
  return keysOfRound(round.filter(({ finds, alsoFinds = [] }) => alsoFinds.length === 0 || finds.attribute !== undefined));
}

async function refusalOf(promise: Promise<unknown>): Promise<Error> {
  const error: unknown = await promise.then(
    () => new Error('It was not refused.'),
    (reason: unknown) => reason,
  );
  return error instanceof Error ? error : new Error(String(error));
}
