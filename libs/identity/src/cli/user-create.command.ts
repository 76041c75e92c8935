import { isEmail } from 'class-validator';
import type { CliCommand, CliIo } from '#database/cli';
import { AccountsService } from '../accounts/accounts.service.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { OptionRefusedError } from './errors.js';
import { readPassword } from './read-password.js';
import { withDatabase } from './with-database.js';

interface CreateOptions {
  readonly email: string;
  readonly name: string;
  readonly organization: string;
}

const LONGEST = 255;

/** Makes an account with an organization of its own, for who needs no proof of the address. `ask` reads the password. */
export function userCreate(ask: () => Promise<string> = readPassword): CliCommand<CreateOptions> {
  return {
    name: 'user:create',
    summary: 'make a person with a verified address and an organization that they own; the password is asked for, or the first line of stdin',
    configure(command) {
      command
        .requiredOption('--email <address>', 'the address to sign in with')
        .requiredOption('--name <name>', "the person's name")
        .requiredOption('--organization <name>', 'the name of the organization that is made with it');
    },
    async run({ email, name, organization }: CreateOptions, io: CliIo) {
      if (!isEmail(email.trim()) || email.length > LONGEST) throw new OptionRefusedError('email', 'an e-mail address');
      checkName('name', name);
      checkName('organization', organization);
      const password = await ask();
      const made = await withDatabase((database) =>
        new AccountsService(database.auth, new PasswordHasher()).create({ email, name, password, organizationName: organization }),
      );
      io.out(`User ${made.userId} is made, OWNER of organization ${made.orgId}.`);
    },
  };
}

function checkName(option: string, name: string): void {
  if (name.trim() === '' || [...name].length > LONGEST) throw new OptionRefusedError(option, `1 to ${LONGEST} characters`);
}
