import { isLocal } from '../../../config/connection-url.js';
import type { DoctorCheck } from '../check.js';
import { reachedLogins, type DoctorContext } from '../context.js';
import { ok, setting, warning, wrong, type Diagnosis } from '../diagnosis.js';
import type { ReachedLogin } from '../logins/login.js';

/** What leaves this machine is encrypted, and it is proven who answers. */
export const tlsCheck: DoctorCheck = {
  name: 'tls',
  look: (context) => Promise.resolve(reachedLogins(context).map((login) => of(login, context))),
};

function of({ variable, connection, encryption, facts: { tls } }: ReachedLogin, { kind }: DoctorContext): Diagnosis {
  const { host = '' } = connection;
  const how = tls === null ? 'TLS' : `${tls.version}, ${tls.cipher}`;
  if (encryption === 'verified') return ok(variable, `${how}; the certificate is verified`);
  if (isLocal({ host })) return ok(variable, encryption === 'unproven' ? `${how}, not verified, to this machine` : 'plain, and it does not leave this machine');
  if (encryption === 'unproven') {
    return warning(
      variable,
      `${how}, but nobody vouches for the server: it protects from listening in, not from somebody in the middle.`,
      setting(`${variable}: ?sslmode=verify-full, with PG_SSL_ROOT_CERT if the authority is your own`),
    );
  }
  const says = `passwords and rows go to "${host}" as plain text.`;
  return (kind === 'production' ? wrong : warning)(variable, says, setting(`${variable}: ?sslmode=verify-full (and ssl = on at the server)`));
}
