import { EncryptionConfig, loadConfig, openConfiguredDatabase, type Database } from '#database';
import type { CliCommand, CliIo } from '#database/cli';
import { prepareEnvironment } from '#database/embedded';
import { rotateCredentials, type RotationReport } from '../credentials/rotate-credentials.js';
import { SecretBox } from '../encryption/secret-box.js';

interface RotateOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Encrypts stored Git tokens with the first of ENCRYPTION_KEYS. */
export const credentialsRotate: CliCommand<RotateOptions> = {
  name: 'credentials:rotate',
  summary: 'encrypt the stored Git tokens of all organizations with the first of ENCRYPTION_KEYS; can be broken off and run again, while services run',
  configure(command) {
    command.option('--dry-run', 'decrypt all tokens, change none, and say which keys are in use').option('--json', 'answer with one JSON object');
  },
  async run(options: RotateOptions, io: CliIo) {
    const prepared = await prepareEnvironment({ service: 'cli', migrate: false });
    try {
      const database = await openConfiguredDatabase({ applicationName: 'plinth-cli', pools: ['tenant', 'privileged'] });
      try {
        return await rotate(database, options, io);
      } finally {
        await database.close();
      }
    } finally {
      await prepared.close();
    }
  },
};

/** @returns 0 when every token is readable and encrypted with the current key, else 1 */
async function rotate(database: Database, { dryRun = false, json = false }: RotateOptions, io: CliIo): Promise<0 | 1> {
  const box = new SecretBox(loadConfig(EncryptionConfig).encryptionKeys);
  const report = await rotateCredentials(database.unrestricted, box, {
    actor: 'credentials:rotate',
    dryRun,
    onProgress: ({ seen, total }) => io.err(`${seen} of ${Math.max(seen, total)} tokens`),
  });
  for (const { message } of report.unreadable) io.err(message);
  if (json) io.out(JSON.stringify({ dryRun, ...report }));
  else for (const line of linesOf(report, dryRun)) io.out(line);
  return report.unreadable.length > 0 || report.keys.some(({ keyId }) => keyId !== report.currentKeyId) ? 1 : 0;
}

function linesOf({ currentKeyId, reencrypted, changedMeanwhile, unreadable, keys }: RotationReport, dryRun: boolean): string[] {
  return [
    dryRun ? 'Nothing was changed.' : `${reencrypted} ${tokens(reencrypted)} encrypted with the key "${currentKeyId}".`,
    ...(changedMeanwhile === 0 ? [] : [`${changedMeanwhile} ${tokens(changedMeanwhile)} stored anew meanwhile.`]),
    ...keys.map(({ keyId, tokens: count }) => `${keyId === null ? 'No key of ours' : `Key "${keyId}"`}: ${count}${keyId === currentKeyId ? ' (current)' : ''}`),
    ...(unreadable.length === 0 ? [] : [`${unreadable.length} cannot be decrypted; which, and why, stands above.`]),
  ];
}

function tokens(count: number): string {
  return count === 1 ? 'token was' : 'tokens were';
}
