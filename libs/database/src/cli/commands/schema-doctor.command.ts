import type { DoctorReport } from '../../schema/doctor/report.js';
import type { CliCommand, ExitCode } from '../command.js';
import { InvalidOptionError } from '../errors.js';
import { coloursOf } from '../schema/colours.js';

export interface DoctorOptions {
  readonly json?: boolean;
  readonly all?: boolean;
  /** Seconds. */
  readonly timeout: string;
}

const EXIT_CODES: Readonly<Record<DoctorReport['outcome'], ExitCode>> = { healthy: 0, wrong: 1, 'could-not-look': 2 };
const LONGEST_SECONDS = 120;

/** Where the settings come from, whether each login gets in, and what is wrong, with its mend. Changes nothing and shows no secret. */
export const schemaDoctor: CliCommand<DoctorOptions> = {
  name: 'schema:doctor',
  summary: 'say where each setting of the connection comes from, try every login, and tell what is wrong and what mends it',
  configure(command) {
    command
      .option('--json', 'print the answer as JSON')
      .option('--all', 'show also what is as it should be, and settings at their defaults')
      .option('--timeout <seconds>', 'how long a connection, and then each statement, may take', '3')
      .addHelpText(
        'after',
        '\nChanges nothing. Passwords are masked.\nExit code 0: healthy. 1: something is wrong. 2: nothing is known to be wrong, but something could not be looked at.',
      );
  },
  async run({ json = false, all = false, timeout }, io): Promise<ExitCode> {
    const timeoutMs = millisecondsOf(timeout);
    // Loaded here only: no other command shall carry what compares schemas.
    const [{ examine }, { doctorEnvironment }, { doctorLines }] = await Promise.all([
      import('../../schema/doctor/examine.js'),
      import('../schema/doctor-environment.js'),
      import('../schema/doctor-lines.js'),
    ]);
    const environment = await doctorEnvironment(io);
    try {
      const report = await examine({ ...environment, timeoutMs });
      if (json) io.out(JSON.stringify(report, null, 2));
      else for (const line of doctorLines(report, coloursOf(io), all)) io.out(line);
      return EXIT_CODES[report.outcome];
    } finally {
      await environment.close();
    }
  },
};

/** @throws InvalidOptionError */
function millisecondsOf(timeout: string): number {
  const seconds = Number(timeout);
  if (/^\d+(\.\d+)?$/.test(timeout) && seconds > 0 && seconds <= LONGEST_SECONDS) return Math.ceil(seconds * 1_000);
  throw new InvalidOptionError('--timeout', new Error(`takes seconds, more than 0 and at most ${LONGEST_SECONDS}.`));
}
