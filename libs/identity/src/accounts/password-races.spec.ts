import { AccountsConfig, currentContext, loadConfig, newId, runWithContext } from '#database';
import { DEVICE, openSessionsWorld, refusalOf, type SessionsWorld } from '../../test/support/sessions-world.js';
import { TokenDelivery, type Delivery } from '../delivery/token-delivery.js';
import { newOneTimeToken } from '../one-time-tokens/one-time-token.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { insertOneTimeToken } from '../persistence/one-time-tokens.js';
import { SignInService } from '../sign-in/sign-in.service.js';
import { AddressService } from './address.service.js';
import { PasswordProof } from './password-proof.js';
import { PasswordService } from './password.service.js';

const OLD = 'the password that leaked';
const NEW = 'the password of the owner';

/** Does something between the moment in which a password was found right and the use of that answer. */
class SlowHasher extends PasswordHasher {
  meanwhile: (() => Promise<unknown>) | undefined;

  override async authenticate<A extends { readonly passwordHash: string }>(password: string, find: () => Promise<A | undefined>): Promise<A | undefined> {
    const account = await super.authenticate(password, find);
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    return account;
  }
}

class Outbox extends TokenDelivery {
  readonly sent: Delivery[] = [];
  override assertReady(): void {}
  override send(delivery: Delivery): Promise<void> {
    this.sent.push(delivery);
    return Promise.resolve();
  }
}

let world: SessionsWorld;
const hasher = new SlowHasher();
const outbox = new Outbox();
let signIn: SignInService;
let passwords: PasswordService;
let addresses: AddressService;

beforeAll(async () => {
  world = await openSessionsWorld();
  const { auth, current } = world.database;
  const config = loadConfig(AccountsConfig, { NODE_ENV: 'test' });
  const proof = new PasswordProof(auth, hasher);
  signIn = new SignInService(auth, hasher, world.sessions);
  passwords = new PasswordService(config, auth, current, hasher, proof, outbox);
  addresses = new AddressService(config, auth, proof, outbox);
});
afterAll(() => world?.test.drop());

/** Somebody with a password, and a token to reset it. */
async function somebody() {
  const { userId, orgId, sessionId } = await world.signIn();
  const email = `${userId}@example.test`;
  await world.admin('insert into app.user_credential (user_id, password_hash) values ($1, $2)', [userId, await hasher.hash(OLD)]);
  const { token, tokenHash } = newOneTimeToken();
  await insertOneTimeToken(world.database.auth, { id: newId(), userId, purpose: 'RESET', email, tokenHash, ttlSeconds: 600 });
  return { userId, orgId, sessionId, email, reset: () => passwords.reset(token, NEW, DEVICE) };
}

const liveTokens = (userId: string) => world.admin('select id from app.refresh_token where user_id = $1 and revoked_at is null', [userId]);

describe('while the old password is being checked, a reset replaces it', () => {
  it('and signing in with it opens no session, which would outlive the reset', async () => {
    const { userId, email, reset } = await somebody();
    hasher.meanwhile = reset;
    expect(await refusalOf(signIn.signIn({ email, password: OLD }, DEVICE))).toBe('INVALID_CREDENTIALS');
    expect(await liveTokens(userId)).toEqual([]);
    await expect(signIn.signIn({ email, password: NEW }, DEVICE)).resolves.toMatchObject({ userId });
  });

  it('and changing it does not take the new password away', async () => {
    const { userId, sessionId, email, reset } = await somebody();
    hasher.meanwhile = reset;
    const change = passwords.change({ userId, sessionId }, { currentPassword: OLD, newPassword: 'the password of a thief' }, DEVICE);
    expect(await refusalOf(change)).toBe('WRONG_PASSWORD');
    await expect(signIn.signIn({ email, password: NEW }, DEVICE)).resolves.toMatchObject({ userId });
  });

  it('and no address is promised to whoever knew the old one', async () => {
    const { userId, reset } = await somebody();
    hasher.meanwhile = reset;
    const request = addresses.requestChange(userId, { email: `thief-${userId}@example.test`, password: OLD }, DEVICE);
    expect(await refusalOf(request)).toBe('WRONG_PASSWORD');
    expect(await world.admin('select id from app.one_time_token where user_id = $1 and used_at is null', [userId])).toEqual([]);
    expect(outbox.sent).toEqual([]);
  });
});

it('signing in while the account is being deactivated opens no session', async () => {
  const { userId, email } = await somebody();
  await world.admin('delete from app.refresh_token where user_id = $1', [userId]);
  hasher.meanwhile = () => world.admin('update app."user" set is_active = false where id = $1', [userId]);
  expect(await refusalOf(signIn.signIn({ email, password: OLD }, DEVICE))).toBe('INVALID_CREDENTIALS');
  expect(await liveTokens(userId)).toEqual([]);
});

it('a reset and a change at once follow one another, and do not wait in a circle', async () => {
  const { userId, orgId, sessionId, reset } = await somebody();
  const [spare] = await world.admin<{ id: string }>(
    `insert into app.one_time_token (id, user_id, purpose, email, token_hash, expires_at)
     select gen_random_uuid(), $1, 'RESET', 'a@example.test', repeat('0', 64), now() + interval '1 hour' returning id`,
    [userId],
  );
  const waiting = async (count: number): Promise<void> => {
    for (;;) {
      const rows = await world.admin(`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
      if (rows.length === count) return;
    }
  };
  const outcomes = await world.test.open().then(async (other) => {
    // Holds up whoever ends the tokens, so that both are under way at once.
    return other.auth.run(async (sql) => {
      await sql.query('select id from app.one_time_token where id = :id for update', { id: spare?.id });
      const change = runWithContext({ requestId: newId() }, () => {
        currentContext()?.setPrincipal({ userId, orgId, actorType: 'USER', actorId: userId, role: 'OWNER', scopes: [] });
        return passwords.change({ userId, sessionId }, { currentPassword: OLD, newPassword: 'a password of the owner' }, DEVICE);
      });
      const changed = refusalOf(change).catch(() => 'done');
      await waiting(1);
      const resetting = refusalOf(reset()).catch(() => 'done');
      await waiting(2);
      return [changed, resetting] as const;
    });
  });
  expect(await Promise.all(outcomes)).toEqual(['done', 'ONE_TIME_TOKEN_INVALID']);
});
