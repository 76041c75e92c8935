import { createLogger, Database, ModelConfig } from '#database';
import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { RunEngine } from './engine/run-engine.js';
import { RunWatch } from './engine/run-watch.js';
import { createLanguageModel } from './models/create-language-model.js';
import type { LanguageModel } from './models/model.js';
import { storedAgents } from './persistence/agent-source.js';
import { LANGUAGE_MODEL } from './runs.tokens.js';
import { INSTALLED_TOOLS } from './tools/installed-tools.js';
import { ToolRegistry } from './tools/tool-registry.js';

/** Carrying out runs: for the worker. Needs DatabaseModule and the configuration area ModelConfig. */
@Module({
  providers: [
    { provide: RunWatch, inject: [Database], useFactory: (database: Database) => new RunWatch(database) },
    { provide: LANGUAGE_MODEL, inject: [ModelConfig], useFactory: (config: ModelConfig) => createLanguageModel(config, createLogger('model')) },
    { provide: ToolRegistry, useFactory: () => new ToolRegistry(INSTALLED_TOOLS) },
    {
      provide: RunEngine,
      inject: [Database, RunWatch, ModelConfig, LANGUAGE_MODEL, ToolRegistry],
      useFactory: (database: Database, watch: RunWatch, { defaultModel }: ModelConfig, model: LanguageModel, tools: ToolRegistry) =>
        new RunEngine({ model, tools, agents: storedAgents, defaultModel, database, watch }),
    },
  ],
  exports: [RunEngine],
})
export class RunExecutionModule implements OnApplicationShutdown {
  constructor(private readonly watch: RunWatch) {}

  async onApplicationShutdown(): Promise<void> {
    await this.watch.close();
  }
}
