import { inspect } from 'node:util';
import { AuthConfig } from './areas/auth.config.js';
import { DatabaseConfig } from './areas/database.config.js';
import { EncryptionConfig } from './areas/encryption.config.js';
import { GitConfig } from './areas/git.config.js';
import { HealthConfig } from './areas/health.config.js';
import { HttpConfig } from './areas/http.config.js';
import { MigrationConfig } from './areas/migration.config.js';
import { QueueConfig } from './areas/queue.config.js';
import { markEmbeddedServer, type Environment } from './environment.js';
import { ConfigDeclarationError, ConfigurationError, type ConfigurationProblem } from './errors.js';
import { checkConfig, loadConfig } from './load-config.js';
import { ConfigArea, Env, type ConfigClass } from './registry.js';

const LOCAL_URL = 'postgres://app_login:pw@localhost:5432/plinth';
const key = (fill: number): string => Buffer.alloc(32, fill).toString('base64');

function problemsOf(area: ConfigClass, env: Environment): readonly ConfigurationProblem[] {
  try {
    loadConfig(area, env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('turns text into typed values, fills in defaults and freezes the result', () => {
    const config = loadConfig(DatabaseConfig, {
      DATABASE_URL: LOCAL_URL,
      DATABASE_POOL_SIZE: '7',
      DATABASE_PREPARED_STATEMENTS: 'false',
    });
    expect(config).toMatchObject({
      url: LOCAL_URL,
      poolSize: 7,
      privilegedPoolSize: 3,
      preparedStatements: false,
      roundTripForm: 'one-sync',
    });
    expect(config.privilegedUrl).toBeUndefined();
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes an empty text as not set', () => {
    expect(loadConfig(HttpConfig, { PORT: '', HOST: ' ' })).toMatchObject({ port: 3000, host: '0.0.0.0' });
  });

  it('names the variable, the value and what is allowed', () => {
    expect(problemsOf(DatabaseConfig, { DATABASE_URL: LOCAL_URL, DATABASE_POOL_SIZE: '900' })).toEqual([
      { variable: 'DATABASE_POOL_SIZE', value: '900', allowed: 'must not be greater than 500 (connections).' },
    ]);
    expect(problemsOf(HttpConfig, { PORT: '3000ms' })).toEqual([
      { variable: 'PORT', value: '3000ms', allowed: 'must be a whole number in digits, without a unit.' },
    ]);
    expect(() => loadConfig(HttpConfig, { PORT: '3000ms' })).toThrow(/PORT = "3000ms": must be a whole number/);
  });

  it('reports all problems of all areas in one error', () => {
    expect.assertions(1);
    try {
      checkConfig([HttpConfig, QueueConfig, AuthConfig], { PORT: 'x', QUEUE_CONCURRENCY: '0' });
    } catch (error) {
      expect(error instanceof ConfigurationError && error.problems.map(({ variable }) => variable)).toEqual(['PORT', 'QUEUE_CONCURRENCY', 'JWT_KEYS']);
    }
  });

  it('judges the other variables of an area when one is wrong', () => {
    const env = {
      PORT: '99999',
      TRUSTED_PROXIES: '*',
      DATABASE_URL: 'postgres://u:p@db.example.com/d',
      DATABASE_POOL_SIZE: 'many',
      DATABASE_QUEUE_POOL_SIZE: '0',
    };
    expect(problemsOf(HttpConfig, env).map(({ variable }) => variable)).toEqual(['TRUSTED_PROXIES', 'PORT']);
    expect(problemsOf(DatabaseConfig, env).map(({ variable }) => variable)).toEqual(['DATABASE_POOL_SIZE', 'DATABASE_QUEUE_POOL_SIZE', 'DATABASE_URL']);
  });

  it('never shows a secret or the password of a URL', () => {
    const environments: [ConfigClass, Environment][] = [
      [AuthConfig, { JWT_KEYS: 'a:hunter2hunter2' }],
      [HealthConfig, { HEALTH_TOKEN: 'hunter2' }],
      [DatabaseConfig, { DATABASE_URL: 'postgres://app:hunter2@db.example.com/plinth', NODE_ENV: 'production' }],
      [DatabaseConfig, { DATABASE_URL: 'postgres://app:hunter2/x@y#z@db.example.com/plinth' }],
      [DatabaseConfig, { DATABASE_URL: 'postgres://app:a hunter2 b@db.example.com:x/plinth' }],
      [DatabaseConfig, { DATABASE_URL: 'app:hunter2@db.example.com/plinth' }],
      [DatabaseConfig, { DATABASE_URL: 'host=db password=hunter2 dbname=plinth' }],
    ];
    for (const [area, env] of environments) {
      const problems = problemsOf(area, env);
      expect(problems).toHaveLength(1);
      expect(JSON.stringify(problems)).not.toContain('hunter2');
    }
  });

  it('keeps the keys of a ring out of logs', () => {
    const { jwtKeys } = loadConfig(AuthConfig, { JWT_KEYS: `k1:${key(7)}` });
    expect(JSON.stringify(jwtKeys)).toBe('{"kids":["k1"]}');
    expect(inspect(jwtKeys, { depth: 5 })).not.toContain('7, 7');
  });

  it('refuses a class that is no area and a variable bound twice', () => {
    expect(() => loadConfig(class Stranger {})).toThrow(ConfigDeclarationError);
    expect(() => {
      class Twice {
        @Env('ONE', { description: '' }) readonly first: string = '';
        @Env('ONE', { description: '' }) readonly second: string = '';
      }
      ConfigArea('twice', { title: '' })(Twice);
    }).toThrow(/"ONE"/);
  });
});

describe('the rules of development', () => {
  const secrets: [ConfigClass, string][] = [
    [AuthConfig, 'JWT_KEYS'],
    [EncryptionConfig, 'ENCRYPTION_KEYS'],
    [HealthConfig, 'HEALTH_TOKEN'],
  ];

  it.each(secrets)('%p: a missing secret stops the boot unless NODE_ENV says development or test', (area, variable) => {
    for (const NODE_ENV of [undefined, '', 'production', 'staging', 'Development']) {
      expect(problemsOf(area, { NODE_ENV }).map((problem) => problem.variable)).toEqual([variable]);
    }
    for (const NODE_ENV of ['development', 'test']) expect(problemsOf(area, { NODE_ENV })).toEqual([]);
  });

  it('hold with the embedded server, which only code in this process can declare', () => {
    const env: Environment = { PLINTH_EMBEDDED: '1' };
    expect(problemsOf(AuthConfig, env)).toHaveLength(1);
    markEmbeddedServer(env);
    expect(problemsOf(AuthConfig, env)).toEqual([]);
    expect(problemsOf(AuthConfig, { ...env })).toHaveLength(1);
  });

  it('never hold when NODE_ENV says production', () => {
    const env: Environment = { NODE_ENV: 'production' };
    markEmbeddedServer(env);
    expect(problemsOf(AuthConfig, env)).toHaveLength(1);
  });

  it('refuse in production the secrets that this repository publishes, also under another id or beside a real key', () => {
    const published = 'cGxpbnRoIGRldmVsb3BtZW50IGtleTogbm90IHNlY3JldCwgand0';
    for (const JWT_KEYS of [`development:${published}`, `k1:${published}`, `k2:${key(3)},old:${published}`]) {
      expect(problemsOf(AuthConfig, { JWT_KEYS, NODE_ENV: 'production' })).toEqual([
        { variable: 'JWT_KEYS', value: '***', allowed: expect.stringContaining('published') },
      ]);
      expect(problemsOf(AuthConfig, { JWT_KEYS, NODE_ENV: 'development' })).toEqual([]);
    }
    expect(problemsOf(HealthConfig, { HEALTH_TOKEN: 'development-health-token-not-secret' })).toHaveLength(1);
    expect(problemsOf(DatabaseConfig, { DATABASE_URL: 'postgres://app_login:change-me@localhost/plinth' })).toHaveLength(1);
  });

  it('listen on this machine only, and on all addresses in production', () => {
    expect(loadConfig(HttpConfig, { NODE_ENV: 'development' }).host).toBe('127.0.0.1');
    expect(loadConfig(HttpConfig, {}).host).toBe('0.0.0.0');
  });

  it('allow file and http repositories; production allows https only', () => {
    expect(loadConfig(GitConfig, { NODE_ENV: 'test' }).allowedProtocols).toEqual(['https', 'http', 'file']);
    expect(loadConfig(GitConfig, {}).allowedProtocols).toEqual(['https']);
    expect(problemsOf(GitConfig, { GIT_ALLOWED_PROTOCOLS: 'https,file' })).toEqual([
      {
        variable: 'GIT_ALLOWED_PROTOCOLS',
        value: 'https,file',
        allowed: 'holds "file". Allowed in production is https.',
      },
    ]);
    expect(problemsOf(GitConfig, { NODE_ENV: 'test', GIT_ALLOWED_PROTOCOLS: 'ssh' })).toHaveLength(1);
  });

  it('migrate by themselves in development only, and need the owner for it', () => {
    expect(loadConfig(MigrationConfig, {}).autoMigration).toBe(false);
    expect(loadConfig(MigrationConfig, { NODE_ENV: 'development', DATABASE_OWNER_URL: LOCAL_URL }).autoMigration).toBe(true);
    expect(problemsOf(MigrationConfig, { ENABLE_AUTO_MIGRATION: 'true' }).map(({ variable }) => variable)).toEqual(['DATABASE_OWNER_URL']);
  });
});

describe('connections', () => {
  const remote = 'postgres://app_login:pw@db.example.com/plinth';

  it.each(['DATABASE_URL', 'DATABASE_PRIVILEGED_URL', 'DATABASE_QUEUE_URL', 'DATABASE_OWNER_URL'])(
    '%s to a remote host must be encrypted in production',
    (variable) => {
      const env = { DATABASE_URL: LOCAL_URL, [variable]: remote };
      expect(problemsOf(DatabaseConfig, env)).toEqual([
        {
          variable,
          value: 'postgres://app_login:***@db.example.com/plinth',
          allowed: expect.stringContaining('without encryption'),
        },
      ]);
      expect(problemsOf(DatabaseConfig, { ...env, NODE_ENV: 'development' })).toEqual([]);
      expect(problemsOf(DatabaseConfig, { ...env, [variable]: `${remote}?sslmode=require` })).toEqual([]);
    },
  );

  it('may be plain on loopback and over a unix socket', () => {
    for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '[::1]']) {
      expect(problemsOf(DatabaseConfig, { DATABASE_URL: `postgres://app_login:pw@${host}/plinth` })).toEqual([]);
    }
    expect(problemsOf(DatabaseConfig, { DATABASE_URL: 'postgres://app_login:pw@/plinth?host=/cloudsql/a:b:c' })).toEqual([]);
  });

  it('are not fooled by names that only begin like loopback', () => {
    for (const host of ['localhost.example.com', '127.0.0.1.example.com', '0.0.0.0']) {
      expect(problemsOf(DatabaseConfig, { DATABASE_URL: `postgres://app_login:pw@${host}/plinth` })).toHaveLength(1);
    }
  });

  it('refuse a direct URL that holds a login, by name', () => {
    expect(
      problemsOf(DatabaseConfig, {
        DATABASE_URL: LOCAL_URL,
        DATABASE_DIRECT_URL: 'postgres://app_owner:pw@localhost/plinth',
      }),
    ).toEqual([
      {
        variable: 'DATABASE_DIRECT_URL',
        value: 'postgres://app_owner:***@localhost/plinth',
        allowed: expect.stringContaining('must not hold a login'),
      },
    ]);
    expect(problemsOf(DatabaseConfig, { DATABASE_URL: LOCAL_URL, DATABASE_DIRECT_URL: 'postgres://localhost:6432/plinth' })).toEqual([]);
  });

  it('report TLS settings that contradict each other', () => {
    const env = { DATABASE_URL: `${remote}?sslmode=verify-full`, PG_SSL_ALLOW_SELF_SIGNED: 'true' };
    expect(problemsOf(DatabaseConfig, env)).toEqual([
      {
        variable: 'DATABASE_URL',
        value: expect.any(String),
        allowed: expect.stringContaining('PG_SSL_ALLOW_SELF_SIGNED'),
      },
    ]);
  });
});
