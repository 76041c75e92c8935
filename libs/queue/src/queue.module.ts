import { Module, type BeforeApplicationShutdown, type DynamicModule, type ModuleMetadata, type OnApplicationBootstrap, type Type } from '@nestjs/common';
import { Database, QueueConfig, loadConfig } from '#database';
import type { Catalogue, KindOf } from './catalogue/catalogue.js';
import type { DefinitionOfKind, HandlersOf, JobHandler } from './catalogue/handlers.js';
import type { QueueOptions } from './worker/options.js';
import { createQueueWorker, QueueWorker } from './worker/queue-worker.js';

/** The class that handles each kind of the catalogue: a kind without one does not compile. */
export type HandlerClassesOf<C extends Catalogue> = { readonly [K in KindOf<C>]: Type<JobHandler<DefinitionOfKind<C, K>>> };

export interface QueueModuleOptions<C extends Catalogue> {
  readonly catalogue: C;
  /** Made by Nest, so they inject what `imports` export. */
  readonly handlers: HandlerClassesOf<C>;
  readonly imports?: ModuleMetadata['imports'];
  /** Instead of what `QueueConfig` says. */
  readonly options?: Partial<QueueOptions>;
}

/** The worker of a Nest application: starts when the application does and drains before its connections close. */
@Module({})
export class QueueModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly worker: QueueWorker) {}

  /** Needs `DatabaseModule` with the pool `queue`, and `privileged` where the catalogue has system jobs. */
  static forRoot<C extends Catalogue>({ catalogue, handlers, imports = [], options }: QueueModuleOptions<C>): DynamicModule {
    const classes = Object.entries<Type<unknown>>(handlers);
    return {
      module: QueueModule,
      imports,
      providers: [
        ...classes.map(([, handler]) => handler),
        {
          provide: QueueWorker,
          inject: [Database, ...classes.map(([, handler]) => handler)],
          useFactory: (database: Database, ...instances: unknown[]) =>
            createQueueWorker({
              database,
              catalogue,
              handlers: Object.fromEntries(classes.map(([kind], index) => [kind, instances[index]])) as HandlersOf<C>,
              options: options ?? loadConfig(QueueConfig),
            }),
        },
      ],
      exports: [QueueWorker],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.drain();
  }
}
