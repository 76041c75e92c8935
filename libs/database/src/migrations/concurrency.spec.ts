import { withAdmin } from '../testing/admin.js';
import { ProbeProcess } from './testing/child.js';
import { createEmptyDatabase } from './testing/empty-database.js';
import { PROBES, probeName } from './testing/probes.js';

const PROCESSES = 20;

it('twenty processes that start at once run each migration exactly once, with an index that is built concurrently among them', async () => {
  const database = await createEmptyDatabase(930);
  try {
    const processes = Array.from({ length: PROCESSES }, () => new ProbeProcess(database.ownerUrl));
    const codes = await Promise.all(processes.map(({ ended }) => ended));
    expect(codes).toEqual(codes.map(() => 0));
    const ran = processes.flatMap(
      ({ output }) =>
        /^ran (.*)$/m
          .exec(output)?.[1]
          ?.split(' ')
          .filter((name) => name !== '') ?? ['no answer'],
    );
    expect(ran.sort()).toEqual(PROBES.map((_migration, index) => probeName(index + 1)));
    expect(processes.filter(({ output }) => output.includes('waiting for it: process')).length).toBeGreaterThan(0);
    const facts = await withAdmin(database.adminUrl, (admin) =>
      admin.query(`select (select count(*)::int from plinth.migration) as journal, (select count(*)::int from app.first) as first,
        (select count(*)::int from app.probe) as rows, (select count(*)::int from app.whole) as whole,
        (select indisvalid from pg_index where indexrelid = 'app.ix_probe_v'::regclass) as valid`),
    );
    expect(facts.rows).toEqual([{ journal: 3, first: 1, rows: 301, whole: 1, valid: true }]);
  } finally {
    await database.drop();
  }
}, 120_000);
