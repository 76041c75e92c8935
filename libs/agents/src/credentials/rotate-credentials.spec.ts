import { EncryptionConfig, GitCredential, KeyRing, newId, UnrestrictedConnection, type TenantConnection } from '#database';
import { withAdmin } from '#database/testing';
import { SyncWorld } from '../../test/support/sync-world.js';
import { keyIdOf, SecretBox } from '../encryption/secret-box.js';
import { replaceToken, tokensAfter } from '../persistence/git-credentials.js';
import { GitCredentialsService } from './git-credentials.service.js';
import { rotateCredentials } from './rotate-credentials.js';
import { TOKEN_TABLE, tokenContent } from './token-content.js';

const keyOf = (kid: string, byte: number): { kid: string; bytes: Uint8Array } => ({ kid, bytes: new Uint8Array(32).fill(byte) });
const [old, middle, young] = [keyOf('2024', 1), keyOf('2025.b', 2), keyOf('2025', 3)];
const TOKEN = `planted-${newId()}`;
const actor = 'rotation-spec';
let world: SyncWorld;
let unrestricted: UnrestrictedConnection;
let tenants: TenantConnection[];

beforeAll(async () => {
  world = await SyncWorld.open();
  unrestricted = world.database.unrestricted;
});
afterAll(() => world.close());

beforeEach(async () => {
  await withAdmin(world.testDatabase.urls.admin, (admin) => admin.query('delete from app.git_credential'));
  tenants = [await world.organization(), await world.organization()];
});

const boxOf = (...keys: (typeof old)[]): SecretBox => new SecretBox(new KeyRing(keys));

/** Stores `count` tokens in each organization with the first of these keys. @returns public ids of the repositories of one organization */
async function stored(count: number, ...keys: (typeof old)[]): Promise<void> {
  const encryption: EncryptionConfig = { encryptionKeys: new KeyRing(keys) };
  for (const db of tenants) {
    const service = new GitCredentialsService(db, encryption);
    for (let index = 0; index < count; index += 1) {
      const id = await world.register(db, `https://git.example/${newId()}.git`);
      await service.put(id, { provider: 'github', token: `${TOKEN}-${index}` });
    }
  }
}

async function rows(): Promise<GitCredential[]> {
  return (await Promise.all(tenants.map((db) => db.repository(GitCredential).find({ order: { id: 'asc' } })))).flat();
}

async function tokensBy(box: SecretBox): Promise<(string | undefined)[]> {
  return (await rows()).map(({ orgId, uid, encryptedToken }) => tokenContent(box.open(encryptedToken, { table: TOKEN_TABLE, orgId, uid }))?.token);
}

const expected = (count: number): string[] => tenants.flatMap(() => Array.from({ length: count }, (_, index) => `${TOKEN}-${index}`));

it('encrypts everything with the current key, in batches, and nothing a second time', async () => {
  await stored(5, old);
  await stored(0, middle, old);
  const progress: number[] = [];
  const report = await rotateCredentials(unrestricted, boxOf(young, middle, old), { actor, batchSize: 3, onProgress: ({ seen }) => progress.push(seen) });
  expect(report).toEqual({ currentKeyId: '2025', reencrypted: 10, changedMeanwhile: 0, unreadable: [], keys: [{ keyId: '2025', tokens: 10 }] });
  expect(progress).toEqual([3, 6, 9, 10]);
  expect(await tokensBy(boxOf(young))).toEqual(expected(5));
  const before = await rows();
  expect(await rotateCredentials(unrestricted, boxOf(young), { actor })).toMatchObject({ reencrypted: 0 });
  expect(await rows()).toEqual(before);
});

it('takes a key id for what it is, not for the beginning of another', async () => {
  await stored(1, middle);
  expect(await rotateCredentials(unrestricted, boxOf(young, middle), { actor })).toMatchObject({ reencrypted: 2, keys: [{ keyId: '2025', tokens: 2 }] });
});

it('goes on where another run was broken off', async () => {
  await stored(3, old);
  const box = boxOf(young, old);
  const broken = new Error('broken off');
  const run = rotateCredentials(unrestricted, box, {
    actor,
    batchSize: 2,
    onProgress: () => {
      throw broken;
    },
  });
  await expect(run).rejects.toBe(broken);
  expect((await rows()).filter(({ encryptedToken }) => keyIdOf(encryptedToken) === '2025')).toHaveLength(2);
  expect(await rotateCredentials(unrestricted, box, { actor })).toMatchObject({ reencrypted: 4, keys: [{ keyId: '2025', tokens: 6 }] });
  expect(await tokensBy(boxOf(young))).toEqual(expected(3));
});

it('changes nothing in a dry run, and tells the keys', async () => {
  await stored(2, old);
  const before = await rows();
  const report = await rotateCredentials(unrestricted, boxOf(young, old), { actor, dryRun: true });
  expect(report).toMatchObject({ reencrypted: 0, unreadable: [], keys: [{ keyId: '2024', tokens: 4 }] });
  expect(await rows()).toEqual(before);
});

it('names the key and the row that it cannot read, never the content, and does the others', async () => {
  await stored(1, old);
  await stored(1, middle);
  const lost = (await rows()).filter(({ encryptedToken }) => keyIdOf(encryptedToken) === '2024');
  const report = await rotateCredentials(unrestricted, boxOf(young, middle), { actor, batchSize: 1 });
  expect(report).toMatchObject({
    reencrypted: 2,
    keys: [
      { keyId: '2024', tokens: 2 },
      { keyId: '2025', tokens: 2 },
    ],
  });
  expect(report.unreadable.map(({ uid, code }) => ({ uid, code })).sort((a, b) => a.uid.localeCompare(b.uid))).toEqual(
    lost.map(({ uid }) => ({ uid, code: 'ENCRYPTION_KEY_UNKNOWN' })).sort((a, b) => a.uid.localeCompare(b.uid)),
  );
  for (const { message, uid } of report.unreadable) {
    expect(message).toContain('"2024"');
    expect(message).toContain(uid);
    for (const { encryptedToken } of lost) expect(message).not.toContain(encryptedToken.split('.').at(-1));
  }
});

it('leaves alone what a service stores between its reading and its writing', async () => {
  await stored(1, old);
  const [db] = tenants;
  const encryption: EncryptionConfig = { encryptionKeys: new KeyRing([old]) };
  const replaced = await unrestricted.run({ actor, reason: 'spec' }, async (sql) => {
    const row = (await tokensAfter(sql, undefined, '2025', 10)).find(({ orgId }) => orgId === db?.orgId);
    const [repository] = (await db?.query<{ uid: string }>('select uid from app.agent_repository where org_id = :orgId')) ?? [];
    await new GitCredentialsService(db ?? failing(), encryption).put(repository?.uid ?? '', { provider: 'github', token: 'stored-meanwhile' });
    return replaceToken(sql, row ?? failing(), 'sealed anew');
  });
  expect(replaced).toBe(false);
  expect(await tokensBy(boxOf(old))).toContain('stored-meanwhile');
});

function failing(): never {
  throw new Error('The spec lost its rows.');
}
