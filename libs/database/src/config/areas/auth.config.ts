import { IsInt, Max, MaxLength, Min } from 'class-validator';
import { parseKeyRing, type KeyRing } from '../key-ring.js';
import { ConfigArea, Env } from '../registry.js';

/** Published, hence refused in production. */
const DEVELOPMENT_KEYS = 'development:cGxpbnRoIGRldmVsb3BtZW50IGtleTogbm90IHNlY3JldCwgand0';

/** Access tokens. */
@ConfigArea('auth', { title: 'Signing in' })
export class AuthConfig {
  @Env('JWT_KEYS', {
    description:
      'Keys of the access tokens as id:base64, with commas between: the first signs, all verify. To rotate, put a new one first and drop the old one after ACCESS_TOKEN_TTL_SECONDS. Each has at least 32 bytes: openssl rand -base64 32.',
    defaults: { development: DEVELOPMENT_KEYS, test: DEVELOPMENT_KEYS },
    secret: true,
    parse: parseKeyRing,
  })
  readonly jwtKeys: KeyRing;

  @Env('JWT_ISSUER', { description: 'Who issues the tokens; one issued by another name is refused.' })
  @MaxLength(255)
  readonly jwtIssuer: string = 'plinth';

  @Env('ACCESS_TOKEN_TTL_SECONDS', { description: 'How long an access token is good for.', unit: 'seconds' })
  @IsInt()
  @Min(30)
  @Max(86_400)
  readonly accessTokenTtlSeconds: number = 900;
}
