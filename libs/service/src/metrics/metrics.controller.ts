import { Controller, Get, Inject, NotFoundException, Req, Res, UnauthorizedException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { carriesToken, MetricsConfig } from '#database';
import { Metrics } from './metrics.js';

/** Headers by which a proxy says that the request began elsewhere. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'] as const;

/** `/metrics`: for the bearer of METRICS_TOKEN; where there is none, for callers on this machine who come without a proxy. */
@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(MetricsConfig) private readonly config: MetricsConfig,
  ) {}

  /** @throws UnauthorizedException without the token, NotFoundException for strangers where there is none */
  @Get()
  async read(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    this.#admit(request);
    void reply.header('content-type', this.metrics.contentType).header('cache-control', 'no-store');
    return this.metrics.text();
  }

  #admit(request: FastifyRequest): void {
    const { token } = this.config;
    if (token === undefined) {
      if (!isFromThisMachine(request)) throw new NotFoundException();
    } else if (!carriesToken(request.headers.authorization, token)) throw new UnauthorizedException();
  }
}

function isFromThisMachine({ socket, headers }: FastifyRequest): boolean {
  const address = socket.remoteAddress?.replace(/^::ffff:/i, '') ?? '';
  return (address === '::1' || address.startsWith('127.')) && FORWARDED.every((name) => headers[name] === undefined);
}
