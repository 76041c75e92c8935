import { jest } from '@jest/globals';
import { OrganizationWorld } from '../../test/support/organization-world.js';
import { OrganizationsService } from './organizations.service.js';

let world: OrganizationWorld;

beforeAll(async () => {
  world = await OrganizationWorld.open();
});
afterAll(() => world?.close());

it('an organization that was made is not called not made, whatever fails after it', async () => {
  const { userId } = await world.owner();
  const { current, auth } = world.database;
  const organizations = new OrganizationsService(current, world.database, auth);
  const tenant = jest.spyOn(world.database, 'tenant').mockImplementationOnce(() => {
    const db = world.database.tenant(userId);
    jest.spyOn(db, 'execute').mockRejectedValue(Object.assign(new Error('away'), { code: '57P01' }));
    jest.spyOn(db, 'query').mockRejectedValue(Object.assign(new Error('away'), { code: '57P01' }));
    jest.spyOn(db, 'transaction').mockRejectedValue(Object.assign(new Error('away'), { code: '57P01' }));
    jest.spyOn(db, 'repository').mockImplementation(() => {
      throw Object.assign(new Error('away'), { code: '57P01' });
    });
    return db;
  });
  await expect(organizations.create(userId, 'Second')).rejects.toMatchObject({ code: 'COMMIT_UNKNOWN', httpStatus: 503 });
  tenant.mockRestore();
  expect(await world.sql('select name from app.organization where created_by = $1 and name = $2', [userId, 'Second'])).toHaveLength(1);
});
