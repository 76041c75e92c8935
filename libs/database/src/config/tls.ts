import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { InvalidSettingError } from './errors.js';

export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
/** `sslmode` with the meaning libpq gives it, except that there is no second attempt (see resolveSsl). */
export type SslMode = (typeof SSL_MODES)[number];

/** The TLS settings that hold for every connection (TlsConfig has this shape). */
export interface TlsSettings {
  /** Accept a certificate nobody vouches for: encrypted, but not proven to be the right server. */
  readonly allowSelfSigned?: boolean;
  /** PEM text of the certificates to trust, instead of those the system trusts. */
  readonly rootCertificate?: string | undefined;
}

/** `false`, or TLS options that the driver uses as they are. */
export type ResolvedSsl = false | Pick<ConnectionOptions, 'rejectUnauthorized' | 'ca' | 'checkServerIdentity'>;

export interface TlsTarget {
  readonly host: string;
  readonly sslMode?: SslMode | undefined;
  readonly rootCertificate?: string | undefined;
}

/**
 * Decides once what `sslmode` and the `PG_SSL_*` variables mean together:
 *
 * | sslmode | result |
 * | --- | --- |
 * | none | no TLS; with a root certificate like `verify-full`, with self-signed allowed like `require` |
 * | `disable`, `allow` | no TLS |
 * | `prefer`, `require` | TLS without proof of who answers; with a root certificate they are `verify-ca`, as `require` is in libpq |
 * | `verify-ca` | TLS, the certificate must be vouched for |
 * | `verify-full` | the same, and it must be issued for the host of the URL |
 *
 * What libpq tries first is what happens; `allow` and `prefer` make no second attempt, since a fallback to plain text is what an
 * attacker asks for. A unix socket never has TLS.
 * @throws InvalidSettingError when the settings contradict each other.
 */
export function resolveSsl(target: TlsTarget, settings: TlsSettings): ResolvedSsl {
  const { host, sslMode } = target;
  const ca = target.rootCertificate ?? settings.rootCertificate;
  const selfSigned = settings.allowSelfSigned === true;
  if (selfSigned && ca !== undefined) {
    throw new InvalidSettingError(
      'cannot be used: PG_SSL_ALLOW_SELF_SIGNED accepts any certificate and a root certificate only known ones. Unset one of them; to trust one self-signed certificate, make it the root certificate.',
    );
  }
  const verifies = sslMode === 'require' || sslMode === 'verify-ca' || sslMode === 'verify-full';
  if (host.startsWith('/')) {
    if (verifies) throw new InvalidSettingError(`asks for sslmode=${sslMode} over a unix socket, which has no TLS. Remove sslmode.`);
    return false;
  }
  if (sslMode === 'disable' || sslMode === 'allow') {
    if (selfSigned || ca !== undefined) {
      throw new InvalidSettingError(
        `says sslmode=${sslMode}, which is without TLS, while ${selfSigned ? 'PG_SSL_ALLOW_SELF_SIGNED is on' : 'a root certificate is set'}. Change one of them.`,
      );
    }
    return false;
  }
  if (selfSigned && (sslMode === 'verify-ca' || sslMode === 'verify-full')) {
    throw new InvalidSettingError(
      `says sslmode=${sslMode} while PG_SSL_ALLOW_SELF_SIGNED accepts any certificate. Use sslmode=require, or set PG_SSL_ROOT_CERT instead.`,
    );
  }
  if (sslMode === undefined && !selfSigned && ca === undefined) return false;
  const unproven = sslMode === 'prefer' || sslMode === 'require';
  if (selfSigned || (unproven && ca === undefined)) return { rejectUnauthorized: false };
  if (unproven || sslMode === 'verify-ca') return { rejectUnauthorized: true, ...trust(ca), checkServerIdentity: () => undefined };
  return { rejectUnauthorized: true, ...trust(ca) };
}

/** The mode a URL names. @throws InvalidSettingError for an unknown one. */
export function parseSslMode(text: string | undefined): SslMode | undefined {
  if (text === undefined) return undefined;
  const mode = SSL_MODES.find((known) => known === text);
  if (mode === undefined) throw new InvalidSettingError(`has an unknown sslmode. Allowed are ${SSL_MODES.join(', ')}.`);
  return mode;
}

/**
 * PEM text from either the path of a file or the PEM itself (also with `\n` written out, as single-line variables need it).
 * @throws InvalidSettingError when the file cannot be read or there is no certificate in it.
 */
export function readRootCertificate(pathOrPem: string): string {
  const pem = pathOrPem.includes('-----BEGIN') ? pathOrPem.replaceAll('\\n', '\n') : readPem(pathOrPem);
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0)
    throw new InvalidSettingError('holds no certificate. It must be PEM text with BEGIN CERTIFICATE, or the path of a file with it.');
  for (const certificate of certificates) assertCertificate(certificate);
  return certificates.join('\n');
}

/** Whether a host name or address is this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function trust(ca: string | undefined): Pick<ConnectionOptions, 'ca'> {
  return ca === undefined ? {} : { ca };
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
    throw new InvalidSettingError(`names a file that cannot be read (${code}). Give a readable path, or the PEM text itself.`, { cause: error });
  }
}

function assertCertificate(pem: string): void {
  try {
    new X509Certificate(pem);
  } catch (error) {
    throw new InvalidSettingError('holds a certificate that cannot be read. It must be PEM text as openssl writes it.', { cause: error });
  }
}
