import { EncryptionConfig, loadConfig, newId } from '#database';
import { runCli } from '#database/cli';
import { SyncWorld } from '../../test/support/sync-world.js';
import { GitCredentialsService } from '../credentials/git-credentials.service.js';
import { credentialsRotate } from './credentials.command.js';

const OLD = `old:${Buffer.alloc(32, 1).toString('base64')}`;
const YOUNG = `young:${Buffer.alloc(32, 2).toString('base64')}`;
const TOKEN = `planted-${newId()}`;
let world: SyncWorld;
const before = { ...process.env };

beforeAll(async () => {
  world = await SyncWorld.open();
  const { login, privileged } = world.testDatabase.urls;
  Object.assign(process.env, { NODE_ENV: 'test', DATABASE_URL: login, DATABASE_PRIVILEGED_URL: privileged });
  const db = await world.organization();
  const service = new GitCredentialsService(db, loadConfig(EncryptionConfig, { NODE_ENV: 'test', ENCRYPTION_KEYS: OLD }));
  await service.put(await world.register(db, 'https://git.example/a.git'), { provider: 'github', token: TOKEN });
});
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await world.close();
});

async function rotate(keys: string, ...options: string[]): Promise<{ code: number; out: string; err: string }> {
  process.env['ENCRYPTION_KEYS'] = keys;
  const lines: Record<'out' | 'err', string[]> = { out: [], err: [] };
  const io = { out: (line: string) => lines.out.push(line), err: (line: string) => lines.err.push(line), env: process.env };
  const code = await runCli(['credentials:rotate', ...options], [credentialsRotate], io);
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n') };
}

it('says what is left to do, does it, and finds nothing left', async () => {
  const both = `${YOUNG},${OLD}`;
  expect(await rotate(both, '--dry-run')).toEqual({ code: 1, out: 'Nothing was changed.\nKey "old": 1', err: '1 of 1 tokens' });
  const lost = await rotate(YOUNG);
  expect(lost).toMatchObject({ code: 1, err: expect.stringContaining('"old", which ENCRYPTION_KEYS does not hold') });
  expect(await rotate(both)).toEqual({ code: 0, out: '1 token was encrypted with the key "young".\nKey "young": 1 (current)', err: '1 of 1 tokens' });
  const again = await rotate(YOUNG, '--json');
  expect(again.code).toBe(0);
  expect(JSON.parse(again.out)).toEqual({
    dryRun: false,
    currentKeyId: 'young',
    reencrypted: 0,
    changedMeanwhile: 0,
    unreadable: [],
    keys: [{ keyId: 'young', tokens: 1 }],
  });
  expect(lost.out + lost.err).not.toContain(TOKEN);
});
