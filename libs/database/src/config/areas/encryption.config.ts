import { parseKeyRing, type KeyRing } from '../key-ring.js';
import { ConfigArea, Env } from '../registry.js';

/** Published, hence refused in production. */
const DEVELOPMENT_KEYS = 'development:cGxpbnRoIGRldmVsb3BtZW50IGtleTogbm90IHNlY3JldCwgZW5j';

/** Secrets that are stored so that they can be used again, such as Git tokens. */
@ConfigArea('encryption', { title: 'Encryption' })
export class EncryptionConfig {
  @Env('ENCRYPTION_KEYS', {
    description:
      'Keys for stored secrets as id:base64, with commas between: the first encrypts, all decrypt. An id that rows still use must stay in the list. Each has at least 32 bytes: openssl rand -base64 32.',
    defaults: { development: DEVELOPMENT_KEYS, test: DEVELOPMENT_KEYS },
    secret: true,
    parse: parseKeyRing,
  })
  readonly encryptionKeys: KeyRing;
}
