import { check } from './expect.mjs';
import { tokenSentTo } from './outbox.mjs';
import { problemLines } from './http.mjs';

/** Makes an organization with its owner, whose address is proven. */
export async function registerOwner({ anybody, home, suffix, transcript }) {
  transcript.section(
    'An account and an organization',
    'The answer to a registration is the same whether or not the address is known. What was sent to it proves the address.',
  );
  const email = `ada-${suffix}@acme.example`;
  const facts = { email, password: `a long password ${suffix}`, name: 'Ada Owner', organizationName: `Acme ${suffix}` };
  await anybody.ask('POST', '/v1/auth/register', { body: facts, expect: 202, show: ['status'] });
  const session = await anybody.ask('POST', '/v1/auth/verify', {
    body: { token: tokenSentTo(home, email), password: facts.password },
    expect: 201,
    show: ['organizationId', 'role', 'expiresIn'],
  });
  const ada = anybody.as('Ada (OWNER)', session.accessToken);
  await ada.ask('GET', '/v1/me', { expect: 200, show: ({ email: address, organization }) => [`${address} in ${organization.name}`] });
  return { ada, orgId: session.organizationId, userId: session.userId };
}

/** Invites somebody, who registers by what was sent to them. */
export async function inviteMember({ ada, anybody, home, suffix }, name, role) {
  const email = `${name.toLowerCase()}-${suffix}@acme.example`;
  await ada.ask('POST', '/v1/invitations', { body: { email, role }, expect: 201, show: ['email', 'role', 'status'] });
  const body = { token: tokenSentTo(home, email), password: `another long password ${suffix}`, name };
  const session = await anybody.ask('POST', '/v1/auth/register-invited', { body, expect: 201, show: ['organizationId', 'role'] });
  check(session.role === role, `${name} became ${session.role}.`);
  return anybody.as(`${name} (${role})`, session.accessToken);
}

/** A developer and a viewer join, and the owner sees all three. */
export async function inviteMembers(stage) {
  stage.transcript.section('Members with a role', 'An invitation names the role. Nobody grants more than they have.');
  const dan = await inviteMember(stage, 'Dan', 'DEVELOPER');
  const vera = await inviteMember(stage, 'Vera', 'VIEWER');
  const { items } = await stage.ada.ask('GET', '/v1/members', { expect: 200, show: ({ items: found }) => found.map(({ name, role }) => `${name}: ${role}`) });
  check(items.length === 3, `There are ${items.length} members.`);
  const stronger = { email: `eve-${stage.suffix}@acme.example`, role: 'ADMIN' };
  await dan.ask('POST', '/v1/invitations', { body: stronger, expect: 403, show: problemLines });
  return { dan, vera };
}

const SCOPES = ['agent:read', 'run:create', 'run:read', 'run:cancel', 'input_request:respond', 'usage:read'];

/** A key that may run agents, and no more than that. */
export async function issueKey({ ada, suffix, transcript }) {
  transcript.section('A key for a program', 'A key carries its organization and the permissions it names. It is shown this once; only a hash of it is kept.');
  const body = { name: `Nightly ${suffix}`, scopes: SCOPES, expiresAt: new Date(Date.now() + 86_400_000).toISOString() };
  const { id, key } = await ada.ask('POST', '/v1/api-keys', { body, expect: 201, show: ['name', 'scopes', 'key'] });
  const program = ada.as('the key', key);
  await program.ask('GET', '/v1/members', { expect: 403, show: problemLines });
  return { program, keyId: id };
}
