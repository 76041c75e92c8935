import { userInfo } from 'node:os';
import type { SystemRole } from '#database';
import type { CliCommand, CliIo } from '#database/cli';
import { normaliseEmail } from '../email-address.js';
import { updateSystemRole } from '../persistence/system-roles.js';
import { AddressUnknownError, OptionRefusedError } from './errors.js';
import { withDatabase } from './with-database.js';

interface AdminOptions {
  readonly email: string;
  readonly grant?: boolean;
  readonly revoke?: boolean;
  readonly reason: string;
}

/** Makes somebody SYSTEM_ADMIN, or takes that from them; kept with its reason. */
export const userAdmin: CliCommand<AdminOptions> = {
  name: 'user:admin',
  summary: 'let a person run the platform (--grant), or no longer (--revoke); who did it and why is kept',
  configure(command) {
    command
      .requiredOption('--email <address>', "the person's address")
      .option('--grant', 'make them SYSTEM_ADMIN')
      .option('--revoke', 'make them an ordinary user')
      .requiredOption('--reason <text>', 'why; it is kept');
  },
  async run({ email, grant = false, revoke = false, reason }: AdminOptions, io: CliIo) {
    if (grant === revoke) throw new OptionRefusedError('grant', 'given, or else --revoke, and not both');
    if (reason.trim() === '') throw new OptionRefusedError('reason', 'a text that says why');
    const address = normaliseEmail(email);
    const role: SystemRole = grant ? 'SYSTEM_ADMIN' : 'USER';
    const use = { actor: `user:admin by ${userInfo().username}`, reason: `make ${address} ${role}: ${reason.trim()}` };
    const found = await withDatabase((database) => database.unrestricted.run(use, (sql) => updateSystemRole(sql, address, role)));
    if (!found) throw new AddressUnknownError(address);
    io.out(`${address} is ${role} from now on.`);
  },
};
