import { IsInt, Max, MaxLength, Min } from 'class-validator';
import { parseKeyRing, type KeyRing } from '../key-ring.js';
import { ConfigArea, Env } from '../registry.js';

/** Published, hence refused in production. */
const DEVELOPMENT_KEYS = 'development:cGxpbnRoIGRldmVsb3BtZW50IGtleTogbm90IHNlY3JldCwgand0';

/** The tokens of a session. */
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

  @Env('REFRESH_TOKEN_TTL_SECONDS', { description: 'How long a session may rest: each refresh gives it this time anew.', unit: 'seconds' })
  @IsInt()
  @Min(300)
  @Max(31_536_000)
  readonly refreshTokenTtlSeconds: number = 2_592_000;

  @Env('REFRESH_GRACE_SECONDS', {
    description:
      'How long a refresh token that was exchanged is still taken, for two tabs that refresh at once. Coming back later it ends the session, for it was copied.',
    unit: 'seconds',
  })
  @IsInt()
  @Min(0)
  @Max(300)
  readonly refreshGraceSeconds: number = 10;
}
