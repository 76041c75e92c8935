import { configClasses } from './all-areas.js';
import { misspelt } from './misspelt.js';
import { areaOf } from './registry.js';

it.each([
  ['DATABSE_URL', 'DATABASE_URL'],
  ['DATABASE_POOL_SIZ', 'DATABASE_POOL_SIZE'],
  ['database_url', 'DATABASE_URL'],
  ['WORKERPORT', 'WORKER_PORT'],
])('takes "%s" for "%s"', (written, meant) => {
  expect(misspelt([written])).toEqual([{ written, meant }]);
});

it('leaves alone what is meant, and what belongs to other programs', () => {
  const ours = configClasses().flatMap((area) => areaOf(area).variables.map(({ name }) => name));
  expect(misspelt([...ours, 'DATABASES_BILLING_URL', 'AWS_REGION', 'EDITOR', 'DATABASE_NAME_OF_OLD_SYSTEM'])).toEqual([]);
});
