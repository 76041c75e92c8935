import type { MigrationInterface, QueryRunner } from 'typeorm';
import { migrations } from '../../../migrations/index.js';
import { repositoryRoot } from '../../../embedded/home.js';
import { testEnvironment } from '../../../testing/environment.js';
import type { MigrationClass } from '../record/record-migration.js';
import { lintPart } from './lint.part.js';
import { exitCodeOf, type CheckGround, type CheckPart, type CheckReport } from './part.js';
import { renderCheck } from './render.js';
import { roundTripPart } from './round-trip.part.js';
import { runCheck } from './run-check.js';

/** A migration with these statements, and those that take them back. */
function migration(name: string, up: readonly string[], down: readonly string[]): MigrationClass {
  return class implements MigrationInterface {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      for (const statement of up) await runner.query(statement);
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const statement of down) await runner.query(statement);
    }
  };
}

function ground(...fresh: readonly MigrationClass[]): CheckGround {
  const { urls } = testEnvironment();
  const { login, privileged, queue } = urls;
  return {
    root: repositoryRoot(),
    server: { scratchUrl: urls.admin, ownerUrl: urls.owner },
    logins: { login, privileged, queue },
    chosen: { old: migrations, fresh, because: 'a test says so' },
  };
}

const rules = ({ parts }: CheckReport): string[] => parts.flatMap(({ findings }) => findings.map(({ rule, object }) => `${rule}: ${object}`));

describe('the check of a migration', () => {
  it('names rule, object, place and page of what breaks a rule, squawk’s and ours', async () => {
    const careless = migration(
      'Careless1795400000000',
      ['create index ix_team_slug on app.team (org_id, slug)', 'alter table app.team drop column description'],
      [],
    );
    const report = await runCheck(ground(careless), [lintPart]);
    expect(rules(report)).toEqual(['index-concurrently: index ix_team_slug on team', 'squawk/ban-drop-column: statement 2']);
    expect(exitCodeOf(report)).toBe(1);
    expect(renderCheck(report)).toContain('at create index ix_team_slug on app.team (org_id, slug)');
    expect(renderCheck(report)).toContain('docs/schema-rules/index-concurrently.md');
  });

  it('holds one migration to account for what it made, not for what was there before', async () => {
    const careful = migration('Careful1795400000000', [`comment on table app.team is 'People who work together'`], []);
    const report = await runCheck(ground(careful), [lintPart]);
    expect([rules(report), exitCodeOf(report)]).toEqual([[], 0]);
  });

  it('says of a careless revert what it leaves behind', async () => {
    const careless = migration(
      'Careless1795400000000',
      ['alter table app.team add column motto text'],
      ['alter table app.team drop column motto', 'alter table app.team add column if not exists crest text'],
    );
    const report = await runCheck(ground(careless), [roundTripPart]);
    expect(rules(report)).toEqual(['round-trip: column:app.team.crest', 'down-exact: column:app.team.crest']);
    expect(exitCodeOf(report)).toBe(1);
  });

  it('lets a revert that is exact pass', async () => {
    const exact = migration('Exact1795400000000', ['alter table app.team add column motto text'], ['alter table app.team drop column motto']);
    const report = await runCheck(ground(exact), [roundTripPart]);
    expect([rules(report), exitCodeOf(report)]).toEqual([[], 0]);
  });
});

describe('running the questions', () => {
  const held: CheckPart = { name: 'held', asks: 'Quick?', run: () => Promise.resolve({ lookedAt: 'this', findings: [] }) };
  const blind: CheckPart = { name: 'blind', asks: 'Blind?', run: () => Promise.reject(new Error('No light')) };
  const slow: CheckPart = { name: 'slow', asks: 'Slow?', run: () => new Promise(() => undefined) };

  it('a question that could not be looked at is no answer, and the others are asked all the same', async () => {
    const report = await runCheck(ground(), [blind, held]);
    expect(report.parts.map(({ outcome }) => outcome)).toEqual(['unknown', 'held']);
    expect(exitCodeOf(report)).toBe(2);
    expect(renderCheck(report)).toContain('No light');
  });

  it('when the clock stops, what is not done is left, and said so', async () => {
    const report = await runCheck(ground(), [held, slow], { stopAfterMs: 50 });
    expect(report.parts.map(({ outcome }) => outcome)).toEqual(['held', 'left']);
    expect(exitCodeOf(report)).toBe(0);
    expect(renderCheck(report)).toContain('Slow? left to CI');
  });
});
