import { escapeIdentifier } from 'pg';
import { ROLE_TABLE } from './role-table.js';
import type { ServerFacts } from './server.js';
import type { StatementRunner } from './statement-runner.js';

interface Membership {
  readonly role: string;
  readonly member: string;
  readonly grantor: string;
  readonly admin: boolean;
  readonly inherit: boolean;
  readonly set: boolean;
}

/** From PostgreSQL 16 on INHERIT and SET belong to each grant; before, only the member's own NOINHERIT says it. */
const PER_GRANT_SINCE = 16;

/**
 * Gives each login the memberships of its row, to be taken by SET ROLE only, and takes away those among the roles of the
 * table that no row names. Memberships in other roles are left alone: the boot refuses them and says how to mend it.
 */
export async function makeMemberships(runner: StatementRunner, server: ServerFacts): Promise<void> {
  const present = await readMemberships(runner, server);
  for (const row of ROLE_TABLE) {
    for (const held of present.filter(({ member }) => member === row.name)) {
      const wanted = row.memberOf.some((name) => name === held.role);
      if (!wanted) await revoke(runner, server, '', held);
      else if (held.admin) await revoke(runner, server, 'ADMIN OPTION FOR ', held);
      if (wanted && held.inherit) await revoke(runner, server, 'INHERIT OPTION FOR ', held);
    }
    for (const role of row.memberOf) {
      if (present.some((held) => held.member === row.name && held.role === role && held.set)) continue;
      const options = server.major >= PER_GRANT_SINCE ? ' WITH INHERIT FALSE, SET TRUE' : '';
      await runner.change(`GRANT ${escapeIdentifier(role)} TO ${escapeIdentifier(row.name)}${options}`, `make "${row.name}" a member of "${role}"`);
    }
  }
}

async function revoke(runner: StatementRunner, server: ServerFacts, what: string, held: Membership): Promise<void> {
  const grantedBy = server.major >= PER_GRANT_SINCE ? ` GRANTED BY ${escapeIdentifier(held.grantor)}` : '';
  await runner.change(
    `REVOKE ${what}${escapeIdentifier(held.role)} FROM ${escapeIdentifier(held.member)}${grantedBy}`,
    `take back what "${held.member}" has of "${held.role}"`,
  );
}

async function readMemberships(runner: StatementRunner, server: ServerFacts): Promise<readonly Membership[]> {
  const perGrant = server.major >= PER_GRANT_SINCE ? 'm.inherit_option as inherit, m.set_option as set' : 'false as inherit, true as set';
  const { rows } = await runner.client.query<Membership>(
    `select r.rolname as role, u.rolname as member, coalesce(g.rolname, '') as grantor, m.admin_option as admin, ${perGrant}
     from pg_catalog.pg_auth_members m
     join pg_catalog.pg_roles r on r.oid = m.roleid
     join pg_catalog.pg_roles u on u.oid = m.member
     left join pg_catalog.pg_roles g on g.oid = m.grantor
     where r.rolname = any ($1) and u.rolname = any ($1)`,
    [ROLE_TABLE.map((row) => row.name)],
  );
  return rows;
}

/**
 * Runs `work` while the caller may become `app_owner`, which it needs in order to make things in that role's name.
 * A superuser always may; another caller grants itself the right and gives it back afterwards.
 */
export async function asMemberOfOwner(runner: StatementRunner, server: ServerFacts, work: () => Promise<void>): Promise<void> {
  const mode = server.major >= PER_GRANT_SINCE ? 'SET' : 'MEMBER';
  const { rows } = await runner.client.query<{ may: boolean }>(`select pg_has_role(current_user, 'app_owner', $1) as may`, [mode]);
  if (rows[0]?.may) return work();
  const caller = escapeIdentifier(server.caller);
  const options = server.major >= PER_GRANT_SINCE ? ' WITH INHERIT FALSE, SET TRUE' : '';
  await runner.quietly(`GRANT "app_owner" TO ${caller}${options}`, 'become "app_owner"');
  await work();
  const grantedBy = server.major >= PER_GRANT_SINCE ? ` GRANTED BY ${caller}` : '';
  await runner.quietly(`REVOKE "app_owner" FROM ${caller}${grantedBy}`, 'give back the membership in "app_owner"');
}
