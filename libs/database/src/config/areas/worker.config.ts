import { IsInt, Max, Min } from 'class-validator';
import { ConfigArea, Env } from '../registry.js';

/** Where the worker answers health checks. */
@ConfigArea('worker', { title: 'HTTP of the worker (health only)' })
export class WorkerConfig {
  @Env('WORKER_PORT', { description: 'The port of the worker. 0 takes any free one.' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly port: number = 3001;

  @Env('WORKER_HOST', {
    description: 'The address the worker listens on: only this machine in development and test, all addresses in production.',
    defaults: { development: '127.0.0.1', test: '127.0.0.1', production: '0.0.0.0' },
  })
  readonly host: string;
}
