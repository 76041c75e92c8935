import { PasswordHasher } from './password-hasher.js';

const PASSWORD = 'correct horse battery staple';
const hasher = new PasswordHasher();

describe('a password', () => {
  it('is hashed with argon2id and the parameters OWASP recommends, with a salt of its own', async () => {
    const [one, other] = await Promise.all([hasher.hash(PASSWORD), hasher.hash(PASSWORD)]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
  });

  it.each([['x'.repeat(11)], ['x'.repeat(129)], ['']])('outside of 12 to 128 characters is refused', async (password) => {
    await expect(hasher.hash(password)).rejects.toMatchObject({ code: 'PASSWORD_LENGTH', httpStatus: 400 });
  });

  it('returns the account it belongs to and nobody else', async () => {
    const account = { id: 'ada', passwordHash: await hasher.hash(PASSWORD) };
    await expect(hasher.authenticate(PASSWORD, () => Promise.resolve(account))).resolves.toBe(account);
    await expect(hasher.authenticate(`${PASSWORD}!`, () => Promise.resolve(account))).resolves.toBeUndefined();
    await expect(hasher.authenticate(PASSWORD, () => Promise.resolve(undefined))).resolves.toBeUndefined();
  });

  it('is the same however its characters are composed', async () => {
    const account = { passwordHash: await hasher.hash('cre\u0300me bru\u0302le\u0301e!') };
    await expect(hasher.authenticate('cr\u00e8me br\u00fbl\u00e9e!', () => Promise.resolve(account))).resolves.toBe(account);
  });
});
