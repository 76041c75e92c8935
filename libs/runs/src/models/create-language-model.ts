import type { Logger, ModelConfig } from '#database';
import type { LanguageModel } from './model.js';
import { OfflineModel } from './offline/offline-model.js';
import { OpenAiCompatibleModel, type EndpointConfig } from './openai-compatible/openai-compatible-model.js';
import { PriceList } from './prices.js';

/** The language model of this process: the configured endpoint, or else the offline model. Logs which one it is. */
export function createLanguageModel(config: ModelConfig, logger: Pick<Logger, 'info' | 'warn'>): LanguageModel {
  if (!hasEndpoint(config)) {
    logger.info('Language model: offline. No model is called; set MODEL_BASE_URL for one.');
    return new OfflineModel();
  }
  const { baseUrl, defaultModel, apiKey } = config;
  logger.info({ baseUrl, defaultModel, hasKey: apiKey !== undefined }, `Language model: ${baseUrl}, "${defaultModel}" for agents that name none.`);
  return new OpenAiCompatibleModel(config, new PriceList(config.prices, logger));
}

function hasEndpoint(config: ModelConfig): config is EndpointConfig {
  return config.baseUrl !== undefined;
}
