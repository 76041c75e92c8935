import { IsInt, Max, Min } from 'class-validator';
import { ConfigArea, Env } from '../registry.js';
import { parseTrustedProxies } from '../trusted-proxies.js';

/** Where the API listens, and whose word about the caller's address it takes. */
@ConfigArea('http', { title: 'HTTP of the API' })
export class HttpConfig {
  @Env('PORT', { description: 'The port of the API. 0 takes any free one.' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly port: number = 3000;

  @Env('HOST', {
    description: 'The address the API listens on: only this machine in development and test, all addresses in production.',
    defaults: { development: '127.0.0.1', test: '127.0.0.1', production: '0.0.0.0' },
  })
  readonly host: string;

  @Env('TRUSTED_PROXIES', {
    description:
      'Whose X-Forwarded-For is believed: addresses, ranges (10.0.0.0/8) and loopback, linklocal or uniquelocal, with commas between. Empty: nobody, the address of the connection counts.',
    example: 'loopback,10.0.0.0/8',
    optional: true,
    parse: parseTrustedProxies,
  })
  readonly trustedProxies: readonly string[] = [];
}
