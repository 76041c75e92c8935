import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose';
import { AuthConfig, loadConfig, newId } from '#database';
import { AccessTokens, AUDIENCE, type TokenSubject } from './access-tokens.js';

const OLD_KEY = Buffer.alloc(32, 1);
const NEW_KEY = Buffer.alloc(32, 2);
const subject: TokenSubject = { userId: newId(), orgId: newId(), role: 'ADMIN', sessionId: newId() };

function tokensWith(keys: Readonly<Record<string, Buffer>>, more: Readonly<Record<string, string>> = {}): AccessTokens {
  const ring = Object.entries(keys)
    .map(([kid, bytes]) => `${kid}:${bytes.toString('base64')}`)
    .join(',');
  return new AccessTokens(loadConfig(AuthConfig, { NODE_ENV: 'production', JWT_KEYS: ring, ...more }));
}

/** A token that is right in everything but what is changed. */
function forge(claims: Record<string, unknown> = {}, header: { alg?: string; kid?: string; typ?: string } = {}, key = OLD_KEY): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    iss: 'plinth',
    aud: AUDIENCE,
    sub: subject.userId,
    org: subject.orgId,
    role: 'ADMIN',
    sid: subject.sessionId,
    iat: now,
    exp: now + 60,
    ...claims,
  })
    .setProtectedHeader({ alg: 'HS256', kid: 'old', typ: 'at+jwt', ...header })
    .sign(key);
}

describe('an access token', () => {
  const tokens = tokensWith({ old: OLD_KEY });

  it('says who, in which organization and as what, and which key signed it', async () => {
    const { token, expiresIn } = await tokens.issue(subject);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', kid: 'old', typ: 'at+jwt' });
    expect(decodeJwt(token)).toMatchObject({ iss: 'plinth', aud: AUDIENCE, sub: subject.userId, org: subject.orgId, role: 'ADMIN', sid: subject.sessionId });
    expect(expiresIn).toBe(900);
    await expect(tokens.verify(token)).resolves.toEqual(subject);
  });

  it('stays good while its key is in the ring, and no longer', async () => {
    const { token } = await tokens.issue(subject);
    const rotated = tokensWith({ new: NEW_KEY, old: OLD_KEY });
    await expect(rotated.verify(token)).resolves.toEqual(subject);
    expect(decodeProtectedHeader((await rotated.issue(subject)).token).kid).toBe('new');
    await expect(tokensWith({ new: NEW_KEY }).verify(token)).rejects.toMatchObject({ code: 'TOKEN_INVALID', httpStatus: 401 });
  });

  it('expires', async () => {
    const past = Math.floor(Date.now() / 1000) - 60;
    await expect(tokens.verify(await forge({ iat: past - 60, exp: past }))).rejects.toMatchObject({ code: 'TOKEN_EXPIRED', httpStatus: 401 });
  });

  it.each<[string, () => Promise<string> | string]>([
    ['of another issuer', () => forge({ iss: 'somebody' })],
    ['for another audience', () => forge({ aud: 'other-api' })],
    ['without an expiry', () => forge({ exp: undefined })],
    ['without an organization', () => forge({ org: undefined })],
    ['with an organization that is no id', () => forge({ org: `${subject.orgId}' or true` })],
    ['without a session', () => forge({ sid: undefined })],
    ['with a session that is no id', () => forge({ sid: 'one' })],
    ['with a role that does not exist', () => forge({ role: 'GOD' })],
    ['signed with another key', () => forge({}, {}, NEW_KEY)],
    ['with an unknown key id', () => forge({}, { kid: 'new' })],
    ['without a key id', () => forge({}, { kid: undefined })],
    ['of another type', () => forge({}, { typ: 'JWT' })],
    ['with another algorithm', () => forge({}, { alg: 'HS512' }, Buffer.alloc(64, 1))],
    [
      'without a signature',
      () =>
        new UnsecuredJWT({ sub: subject.userId, org: subject.orgId, role: 'ADMIN', sid: subject.sessionId })
          .setIssuer('plinth')
          .setAudience(AUDIENCE)
          .setExpirationTime('1m')
          .encode(),
    ],
    ['that is none', () => 'nonsense'],
  ])('%s is refused', async (_name, make) => {
    await expect(tokens.verify(await make())).rejects.toMatchObject({ code: 'TOKEN_INVALID', httpStatus: 401 });
  });
});
