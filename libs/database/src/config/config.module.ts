import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { checkConfig, loadConfig } from './load-config.js';
import type { ConfigClass } from './registry.js';

/**
 * A provider with the class as its token and the loaded area as its value. It asks for ConfigService so that `.env` has been read.
 * @throws ConfigurationError while the application is being made.
 */
export function configProvider<T extends object>(area: ConfigClass<T>): FactoryProvider<T> {
  return { provide: area, inject: [ConfigService], useFactory: () => loadConfig(area) };
}

export interface ConfigurationOptions {
  /** The areas this application uses; each can be injected everywhere by its class. */
  readonly areas: readonly ConfigClass[];
  /** Read instead of `.env` of the working directory; false reads no file. */
  readonly envFile?: string | false;
}

/** The configuration of one application: reads `.env`, checks all of its areas at once and provides them. */
@Module({})
export class ConfigurationModule {
  /** @throws ConfigurationError, from the returned module, with the problems of all areas. Variables that are set win over `.env`. */
  static forRoot({ areas, envFile }: ConfigurationOptions): DynamicModule {
    const providers = areas.map((area) => configProvider(area));
    return {
      module: ConfigurationModule,
      global: true,
      imports: [
        ConfigModule.forRoot({
          isGlobal: true,
          ignoreEnvFile: envFile === false,
          ...(typeof envFile === 'string' ? { envFilePath: envFile } : {}),
          validate: (merged) => {
            takeUnset(merged);
            checkConfig(areas);
            return merged;
          },
        }),
      ],
      providers,
      exports: areas.map((area) => area),
    };
  }
}

function takeUnset(merged: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(merged)) {
    if (process.env[name] === undefined && typeof value === 'string') process.env[name] = value;
  }
}
