import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { connectionOptions } from './connection-url.js';
import { FixtureServer, fixtureFile } from './fixtures/server.js';
import { readRootCertificate, resolveSsl, SSL_MODES, type SslMode, type TlsSettings } from './tls.js';

type Outcome = 'tls' | 'plain' | string;

/** Connects and says whether the server sees TLS, or the code of the refusal. */
async function connect(url: string, tls: TlsSettings): Promise<Outcome> {
  const client = new pg.Client(connectionOptions(url, tls, { connectionTimeoutMillis: 10_000 }));
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ ssl: boolean }>('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
    return rows[0]?.ssl === true ? 'tls' : 'plain';
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe('sslmode and PG_SSL_* against a PostgreSQL with a self-signed certificate', () => {
  let server: FixtureServer;
  let rootCertificate: string;
  const url = (host: string, mode?: SslMode): string =>
    `postgres://${server.login}@${host}:${server.port}/postgres${mode === undefined ? '' : `?sslmode=${mode}`}`;

  beforeAll(async () => {
    server = await FixtureServer.create();
    await server.start('localhost');
    rootCertificate = readRootCertificate(fixtureFile('localhost.crt'));
  });
  afterAll(async () => server.remove());

  const selfSignedRefused = 'DEPTH_ZERO_SELF_SIGNED_CERT';
  const alone: [SslMode | undefined, Outcome][] = [
    [undefined, 'plain'],
    ['disable', 'plain'],
    ['allow', 'plain'],
    ['prefer', 'tls'],
    ['require', 'tls'],
    ['verify-ca', selfSignedRefused],
    ['verify-full', selfSignedRefused],
  ];
  it.each(alone)('sslmode %s by itself: %s', async (mode, outcome) => {
    expect(await connect(url('localhost', mode), {})).toBe(outcome);
  });

  it.each([undefined, 'prefer', 'require'] as const)('PG_SSL_ALLOW_SELF_SIGNED with sslmode %s encrypts', async (mode) => {
    expect(await connect(url('localhost', mode), { allowSelfSigned: true })).toBe('tls');
  });

  it.each([undefined, 'prefer', 'require', 'verify-ca', 'verify-full'] as const)('PG_SSL_ROOT_CERT with sslmode %s trusts the certificate', async (mode) => {
    expect(await connect(url('localhost', mode), { rootCertificate })).toBe('tls');
  });

  it('verify-full checks an address against the addresses of the certificate', async () => {
    expect(await connect(url('127.0.0.1', 'verify-full'), { rootCertificate })).toBe('tls');
  });

  it('takes a root certificate from the URL, for this URL alone', async () => {
    expect(await connect(`${url('localhost', 'verify-full')}&sslrootcert=${encodeURIComponent(fixtureFile('localhost.crt'))}`, {})).toBe('tls');
  });

  it('refuses a certificate that another authority issued', async () => {
    const other = readRootCertificate(fixtureFile('elsewhere.crt'));
    for (const mode of ['require', 'verify-ca', 'verify-full'] as const) {
      expect(await connect(url('localhost', mode), { rootCertificate: other })).toBe(selfSignedRefused);
    }
  });

  it('connects over a unix socket, also when certificates are set for other connections', async () => {
    const socket = `postgres://${server.login}@/postgres?host=${server.folder}&port=${server.port}`;
    const encoded = `postgresql://${server.login}@${encodeURIComponent(server.folder)}:${server.port}/postgres`;
    expect(await connect(socket, {})).toBe('plain');
    expect(await connect(socket, { rootCertificate })).toBe('plain');
    expect(await connect(encoded, { allowSelfSigned: true })).toBe('plain');
  });

  it('verify-full refuses a trusted certificate of another host; verify-ca accepts it', async () => {
    await server.start('elsewhere');
    const elsewhere = readRootCertificate(fixtureFile('elsewhere.crt'));
    for (const host of ['localhost', '127.0.0.1']) {
      expect(await connect(url(host, 'verify-full'), { rootCertificate: elsewhere })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
      expect(await connect(url(host), { rootCertificate: elsewhere })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    }
    expect(await connect(url('localhost', 'verify-ca'), { rootCertificate: elsewhere })).toBe('tls');
  });

  it('verify-full refuses an address that the certificate does not name, though it names localhost', async () => {
    await server.start('name-only');
    const nameOnly = readRootCertificate(fixtureFile('name-only.crt'));
    expect(await connect(url('localhost', 'verify-full'), { rootCertificate: nameOnly })).toBe('tls');
    expect(await connect(url('127.0.0.1', 'verify-full'), { rootCertificate: nameOnly })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('never falls back to plain text where the server has no TLS', async () => {
    await server.start(null);
    for (const mode of ['prefer', 'require', 'verify-ca', 'verify-full'] as const) {
      expect(await connect(url('localhost', mode), {})).toMatch(/does not support SSL/);
    }
    expect(await connect(url('localhost'), {})).toBe('plain');
  });
});

describe('resolveSsl', () => {
  const rootCertificate = 'pem';
  const contradictions: [string, { host: string; sslMode?: SslMode }, TlsSettings][] = [
    ['self-signed allowed and a root certificate', { host: 'db' }, { allowSelfSigned: true, rootCertificate }],
    ['verify-full and self-signed allowed', { host: 'db', sslMode: 'verify-full' }, { allowSelfSigned: true }],
    ['verify-ca and self-signed allowed', { host: 'db', sslMode: 'verify-ca' }, { allowSelfSigned: true }],
    ['disable and self-signed allowed', { host: 'db', sslMode: 'disable' }, { allowSelfSigned: true }],
    ['disable and a root certificate', { host: 'db', sslMode: 'disable' }, { rootCertificate }],
    ['allow and a root certificate', { host: 'db', sslMode: 'allow' }, { rootCertificate }],
    ['verify-full over a unix socket', { host: '/run', sslMode: 'verify-full' }, {}],
  ];
  it.each(contradictions)('refuses %s', (_name, target, settings) => {
    expect(() => resolveSsl(target, settings)).toThrow(/Unset|Use|Change|Remove/);
  });

  it('has an answer for every mode', () => {
    for (const sslMode of SSL_MODES) expect(resolveSsl({ host: 'db', sslMode }, {})).toBeDefined();
  });
});

describe('readRootCertificate', () => {
  it('takes a path, the text, and the text with its line ends written out', async () => {
    const path = fixtureFile('localhost.crt');
    const text = (await readFile(path, 'utf8')).trim();
    expect(readRootCertificate(path)).toBe(text);
    expect(readRootCertificate(text)).toBe(text);
    expect(readRootCertificate(text.replaceAll('\n', '\\n'))).toBe(text);
    expect(readRootCertificate(`${text}\n${text}`)).toBe(`${text}\n${text}`);
  });

  it('refuses a missing file, a file without a certificate, and a broken certificate', () => {
    expect(() => readRootCertificate('/nowhere/ca.pem')).toThrow(/ENOENT/);
    expect(() => readRootCertificate(fixtureFile('localhost.key'))).toThrow(/no certificate/);
    expect(() => readRootCertificate('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toThrow(/cannot be read/);
  });
});
