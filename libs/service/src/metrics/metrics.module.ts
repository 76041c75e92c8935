import { Inject, Module, type DynamicModule, type OnApplicationShutdown, type OnModuleInit, type Type } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Database } from '#database';
import { measureDatabase, measureQueue, type ReadQueueLag } from './database-metrics.js';
import { measureHttp } from './http-metrics.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';

export interface MetricsModuleOptions {
  /** Reads how far the queue is behind. Without it the metrics say nothing of the queue. */
  readonly queueLag?: ReadQueueLag;
  /** Put on the controller: whatever makes a route public in this application. */
  readonly decorators?: readonly ClassDecorator[];
}

const OPTIONS = Symbol('METRICS_OPTIONS');

/** `/metrics`, the same in every service. The application's prefix must leave `metrics` out. */
@Module({})
export class MetricsModule implements OnModuleInit, OnApplicationShutdown {
  #stop = (): void => undefined;

  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly metrics: Metrics,
    private readonly database: Database,
    @Inject(OPTIONS) private readonly options: MetricsModuleOptions,
  ) {}

  /** Import it once, in the application's module, which provides MetricsConfig. */
  static forRoot(options: MetricsModuleOptions = {}): DynamicModule {
    return {
      module: MetricsModule,
      controllers: [decorated(options.decorators ?? [])],
      providers: [
        { provide: Metrics, useFactory: () => new Metrics() },
        { provide: OPTIONS, useValue: options },
      ],
    };
  }

  onModuleInit(): void {
    const { registry } = this.metrics;
    measureHttp(registry, this.host.httpAdapter.getInstance<FastifyInstance>());
    this.#stop = measureDatabase(registry, this.database);
    if (this.options.queueLag !== undefined) measureQueue(registry, this.database, this.options.queueLag);
  }

  onApplicationShutdown(): void {
    this.#stop();
  }
}

/** A class of its own for each application: a decorator would otherwise change the controller of all. */
function decorated(decorators: readonly ClassDecorator[]): Type<MetricsController> {
  class ServiceMetricsController extends MetricsController {}
  for (const decorate of decorators) decorate(ServiceMetricsController);
  return ServiceMetricsController;
}
