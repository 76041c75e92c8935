import type { ClientConfig } from 'pg';
import { InvalidSettingError } from './errors.js';
import { isLoopback, parseSslMode, readRootCertificate, resolveSsl, type SslMode, type TlsSettings } from './tls.js';

/** A connection URL, parsed once. Nothing of the URL reaches the driver but these fields. */
export interface ConnectionTarget {
  /** A host name, an address, or the folder of a unix socket (begins with `/`). */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly sslMode: SslMode | undefined;
  /** PEM text of `sslrootcert`, for this URL alone. */
  readonly rootCertificate: string | undefined;
  readonly applicationName: string | undefined;
}

const PARAMETERS = ['host', 'port', 'sslmode', 'sslrootcert', 'application_name'] as const;
const HOSTLESS = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)(?=[/?]|$)/;
const PLACEHOLDER_HOST = 'socket.invalid';

/**
 * Parses `postgres://user:password@host:port/database?sslmode=…`. A unix socket is written as its folder:
 * `postgres://user:password@/database?host=/cloudsql/project:region:instance`, or percent-encoded in the place of the host.
 * @throws InvalidSettingError that says what is allowed and never repeats the URL.
 */
export function parseConnectionUrl(text: string): ConnectionTarget {
  const url = toUrl(text);
  for (const name of url.searchParams.keys()) {
    if (!PARAMETERS.some((known) => known === name)) {
      throw new InvalidSettingError(`has the parameter "${name}", which means nothing here. Allowed are ${PARAMETERS.join(', ')}.`);
    }
    if (url.searchParams.getAll(name).length > 1) throw new InvalidSettingError(`has the parameter "${name}" twice. Keep one.`);
  }
  const parameter = (name: (typeof PARAMETERS)[number]): string | undefined => url.searchParams.get(name) || undefined;
  const hostname = url.hostname === PLACEHOLDER_HOST ? '' : decode(url.hostname).replace(/^\[(.*)\]$/, '$1');
  const host = parameter('host') ?? hostname;
  if (parameter('host') !== undefined && hostname !== '') throw new InvalidSettingError('names two hosts: one before the path and one as ?host=. Keep one.');
  if (host === '') throw new InvalidSettingError('names no host. For a unix socket name its folder: ?host=/path/of/the/folder.');
  const database = decode(url.pathname.slice(1));
  if (database === '') throw new InvalidSettingError('names no database. Put /name after the host.');
  const rootCertificate = parameter('sslrootcert');
  return {
    host,
    port: portOf(url.port === '' ? parameter('port') : url.port),
    database,
    user: url.username === '' ? undefined : decode(url.username),
    password: url.password === '' ? undefined : decode(url.password),
    sslMode: parseSslMode(parameter('sslmode')),
    rootCertificate: rootCertificate === undefined ? undefined : readRootCertificate(rootCertificate),
    applicationName: parameter('application_name'),
  };
}

/** Like parseConnectionUrl, for a URL that must name who logs in. @throws InvalidSettingError */
export function parseLoginUrl(text: string): ConnectionTarget {
  const target = parseConnectionUrl(text);
  if (target.user === undefined) throw new InvalidSettingError('names no user. Write postgres://user:password@host/database.');
  return target;
}

/** Like parseConnectionUrl, for a URL that must not name who logs in (`DATABASE_DIRECT_URL`). @throws InvalidSettingError */
export function parseDirectUrl(text: string): ConnectionTarget {
  const target = parseConnectionUrl(text);
  if (target.user !== undefined || target.password !== undefined) {
    throw new InvalidSettingError('must not hold a login. Each use takes user and password of the URL it stands in for: write postgres://host:port/database.');
  }
  return target;
}

/**
 * What to give to `new pg.Client` or `new pg.Pool`. `sslmode` is resolved together with the TLS settings into the one value of `ssl`
 * and not passed on, because the driver lets a `sslmode` in a URL silently override its `ssl` object.
 * @throws InvalidSettingError when the URL cannot be used or its `sslmode` contradicts the TLS settings.
 */
export function connectionOptions<T extends ClientConfig = ClientConfig>(url: string, tls: TlsSettings = {}, overrides?: T): ClientConfig & T {
  const target = parseLoginUrl(url);
  const options: ClientConfig = {
    host: target.host,
    port: target.port,
    database: target.database,
    user: target.user,
    password: target.password,
    ssl: resolveSsl(target, tls),
    ...(target.applicationName === undefined ? {} : { application_name: target.applicationName }),
  };
  return Object.assign(options, overrides);
}

/**
 * The URL that reaches the server past a pooler: host, port, database and TLS parameters of `direct`, login of `url`.
 * Without `direct` it is `url` itself. @throws InvalidSettingError when either cannot be used, or `direct` holds a login.
 */
export function directUrl(url: string, direct?: string): string {
  if (direct === undefined) return url;
  const { user = '', password } = parseLoginUrl(url);
  parseDirectUrl(direct);
  const login = encodeURIComponent(user) + (password === undefined ? '' : `:${encodeURIComponent(password)}`);
  return direct.trim().replace(/^(postgres(?:ql)?:\/\/)@?/, (_match, scheme: string) => `${scheme}${login}@`);
}

/** Whether the connection stays on this machine: a unix socket or a loopback address. */
export function isLocal(target: Pick<ConnectionTarget, 'host'>): boolean {
  return isSocket(target) || isLoopback(target.host);
}

/** Whether the connection goes over a unix socket. */
export function isSocket(target: Pick<ConnectionTarget, 'host'>): boolean {
  return target.host.startsWith('/');
}

function toUrl(text: string): URL {
  const trimmed = text.trim();
  if (!/^postgres(?:ql)?:\/\//.test(trimmed)) throw new InvalidSettingError('must be a URL that begins with postgres://.');
  try {
    return new URL(trimmed.replace(HOSTLESS, (start) => start + PLACEHOLDER_HOST));
  } catch {
    throw new InvalidSettingError('is no valid URL. Write postgres://user:password@host:port/database, with %-escapes for special characters in the password.');
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new InvalidSettingError('holds a % that is no escape. Write %25 for a percent sign.');
  }
}

function portOf(text: string | undefined): number {
  if (text === undefined) return 5432;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new InvalidSettingError('names a port outside 1 to 65535.');
  return port;
}
