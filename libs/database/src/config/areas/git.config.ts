import { IsInt, Max, Min } from 'class-validator';
import { InvalidSettingError } from '../errors.js';
import { parseList } from '../parsers.js';
import { ConfigArea, Env, type ConfigContext } from '../registry.js';

export const GIT_PROTOCOLS = ['https', 'http', 'file'] as const;
export type GitProtocol = (typeof GIT_PROTOCOLS)[number];

function parseProtocols(text: string, { kind }: ConfigContext): readonly GitProtocol[] {
  const allowed: readonly GitProtocol[] = kind === 'production' ? ['https'] : GIT_PROTOCOLS;
  const protocols = parseList(text).map((name) => {
    const protocol = allowed.find((known) => known === name);
    if (protocol === undefined) {
      throw new InvalidSettingError(`holds "${name}". Allowed ${kind === 'production' ? 'in production is' : 'are'} ${allowed.join(', ')}.`);
    }
    return protocol;
  });
  if (protocols.length === 0) throw new InvalidSettingError(`must name at least one of ${allowed.join(', ')}.`);
  return Object.freeze([...new Set(protocols)]);
}

/** What a Git repository of agents may cost before its sync is stopped. */
@ConfigArea('git', { title: 'Git repositories of agents' })
export class GitConfig {
  @Env('GIT_ALLOWED_PROTOCOLS', {
    description: 'How a repository may be reached: https in production; http and file as well in development and test.',
    defaults: { development: 'https,http,file', test: 'https,http,file', production: 'https' },
    parse: parseProtocols,
  })
  readonly allowedProtocols: readonly GitProtocol[];

  @Env('GIT_CACHE_DIRECTORY', {
    description: 'Where the worker keeps its bare mirrors, one per organization and repository.',
  })
  readonly cacheDirectory: string = '.plinth/git';

  @Env('GIT_SYNC_TIMEOUT_MS', { description: 'The longest that fetching one repository may take.', unit: 'ms' })
  @IsInt()
  @Min(1_000)
  @Max(3_600_000)
  readonly syncTimeoutMs: number = 120_000;

  @Env('GIT_MAX_REPOSITORY_BYTES', { description: 'The largest mirror of one repository.', unit: 'bytes' })
  @IsInt()
  @Min(1_000_000)
  @Max(10_000_000_000)
  readonly maxRepositoryBytes: number = 500_000_000;

  @Env('GIT_MAX_FILES', { description: 'The most agent files that are read from one repository.', unit: 'files' })
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly maxFiles: number = 5_000;

  @Env('GIT_MAX_FILE_BYTES', {
    description: 'The largest agent file that is read; a larger one is recorded as an error of that file.',
    unit: 'bytes',
  })
  @IsInt()
  @Min(1_000)
  @Max(10_000_000)
  readonly maxFileBytes: number = 1_000_000;
}
