import { Module, type DynamicModule } from '@nestjs/common';
import { SchemaManager } from './schema-manager.js';
import type { SchemaManagerOptions } from './schema-manager.types.js';

/** `SchemaManager` as a provider, for tools that are Nest applications. A service that only serves never imports it: it costs about 135 MB. */
@Module({})
export class SchemaModule {
  /** @throws InvalidSettingError when a URL cannot be used */
  static forRoot(options: SchemaManagerOptions): DynamicModule {
    return {
      module: SchemaModule,
      providers: [{ provide: SchemaManager, useFactory: () => new SchemaManager(options) }],
      exports: [SchemaManager],
    };
  }
}
