import { ConfigArea, Env } from '../registry.js';
import { readRootCertificate } from '../tls.js';

/** TLS towards PostgreSQL, for every connection. Resolved together with `sslmode` by resolveSsl. */
@ConfigArea('tls', { title: 'TLS to PostgreSQL' })
export class TlsConfig {
  @Env('PG_SSL_ALLOW_SELF_SIGNED', {
    description:
      'Encrypt, but accept a certificate that nobody vouches for. It protects from listening in, not from somebody in the middle; prefer PG_SSL_ROOT_CERT.',
  })
  readonly allowSelfSigned: boolean = false;

  @Env('PG_SSL_ROOT_CERT', {
    description:
      'The certificate authority (or the self-signed certificate itself) to trust: the path of a PEM file, or the PEM text. Without it the system decides.',
    example: '/etc/ssl/certs/postgres-ca.pem',
    optional: true,
    parse: readRootCertificate,
  })
  readonly rootCertificate?: string;
}
