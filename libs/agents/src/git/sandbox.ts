import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitProtocol } from '#database';

/** What the commands of one sync may reach. */
export interface SandboxOptions {
  /** The only one that is spoken: what a server names (alternates, redirects) may not lead to another. */
  readonly protocol: GitProtocol;
  /** Through which https goes. Credentials in it are for the proxy on this machine only. */
  readonly proxyUrl?: string;
  /** Certificates to trust instead of the system's (tests). */
  readonly certificateFile?: string;
}

/** A closed environment for `git`: nothing of this machine's or its users' configuration reaches it. */
export interface GitSandbox {
  readonly environment: Readonly<Record<string, string>>;
  /** Removes what the sandbox has on disk. */
  close(): Promise<void>;
}

/** Mistakes that old tools wrote into the history of honest repositories; everything else that fsck finds refuses the fetch. */
const FORGIVEN_BY_FSCK = [
  'missingSpaceBeforeDate',
  'missingSpaceBeforeEmail',
  'missingNameBeforeEmail',
  'missingEmail',
  'badEmail',
  'badTimezone',
  'zeroPaddedDate',
  'zeroPaddedFilemode',
  'missingTaggerEntry',
  'duplicateEntries',
];

/** Makes a sandbox: an empty home and a configuration file of ours, readable by this user only. */
export async function openSandbox(options: SandboxOptions): Promise<GitSandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'plinth-git-'));
  const home = join(folder, 'home');
  const configFile = join(folder, 'config');
  await mkdir(home, { mode: 0o700 });
  await writeFile(configFile, configurationOf(options), { mode: 0o600 });
  return {
    environment: Object.freeze({
      PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
      HOME: home,
      XDG_CONFIG_HOME: home,
      LC_ALL: 'C',
      TZ: 'UTC',
      GIT_CONFIG_NOSYSTEM: '1',
      // A file of ours and not /dev/null: the side that serves file:// reads safe.directory from here, and from nowhere else.
      GIT_CONFIG_GLOBAL: configFile,
      GIT_ATTR_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_ASKPASS: 'true',
      SSH_ASKPASS: 'true',
      GIT_SSH_COMMAND: 'false',
      GIT_ALLOW_PROTOCOL: options.protocol,
      GIT_PROTOCOL_FROM_USER: '0',
      GIT_LITERAL_PATHSPECS: '1',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_NO_LAZY_FETCH: '1',
      GIT_OPTIONAL_LOCKS: '0',
    }),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

function configurationOf({ protocol, proxyUrl, certificateFile }: SandboxOptions): string {
  return [
    '[core]',
    'hooksPath = /dev/null',
    'fsmonitor = false',
    'askPass = true',
    'sshCommand = false',
    'logAllRefUpdates = false',
    'attributesFile = /dev/null',
    '[safe]',
    'directory = *',
    'bareRepository = all',
    '[credential]',
    'helper =',
    '[protocol]',
    'allow = never',
    'version = 2',
    `[protocol "${protocol}"]`,
    'allow = always',
    '[http]',
    'followRedirects = false',
    'sslVerify = true',
    'lowSpeedLimit = 1000',
    'lowSpeedTime = 30',
    ...(proxyUrl === undefined ? [] : [`proxy = ${proxyUrl}`, 'proxyAuthMethod = basic']),
    ...(certificateFile === undefined ? [] : [`sslCAInfo = ${certificateFile}`]),
    '[submodule]',
    'recurse = false',
    '[transfer]',
    'fsckObjects = true',
    'bundleURI = false',
    '[fetch]',
    'fsckObjects = true',
    'recurseSubmodules = false',
    'unpackLimit = 1',
    'writeCommitGraph = false',
    '[fetch "fsck"]',
    ...FORGIVEN_BY_FSCK.map((name) => `${name} = ignore`),
    '[gc]',
    'auto = 1000',
    'autoPackLimit = 20',
    'autoDetach = false',
    'pruneExpire = now',
    'writeCommitGraph = false',
    '[maintenance]',
    'auto = false',
    '[pack]',
    'threads = 2',
    'windowMemory = 64m',
    '',
  ].join('\n');
}
