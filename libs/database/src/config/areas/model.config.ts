import { IsIn, IsInt, MaxLength, Max, Min } from 'class-validator';
import { InvalidSettingError, type ConfigurationProblem } from '../errors.js';
import { parseModelPrices, type ModelPrices } from '../model-prices.js';
import { ConfigArea, Env, type ConfigContext } from '../registry.js';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Without a trailing slash. */
function parseBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol))
    throw new InvalidSettingError('must be an https URL, such as https://models.example.com/v1.');
  if (url.username !== '' || url.password !== '') throw new InvalidSettingError('must not hold a user or password. Set MODEL_API_KEY.');
  if (url.search !== '' || url.hash !== '') throw new InvalidSettingError('must end with its path, without ? and #.');
  return url.href.replace(/\/+$/, '');
}

/** It is sent in a header. The text is never repeated. */
function parseApiKey(text: string): string {
  if (!/^[\x21-\x7e]+$/.test(text)) throw new InvalidSettingError('must consist of printable ASCII characters without blanks.');
  return text;
}

function* check(config: ModelConfig, { env }: ConfigContext): Iterable<ConfigurationProblem> {
  if (config.baseUrl === undefined) return;
  const { protocol, hostname } = new URL(config.baseUrl);
  if (protocol === 'http:' && !config.allowHttp && !LOOPBACK.test(hostname)) {
    yield {
      variable: 'MODEL_BASE_URL',
      value: config.baseUrl,
      allowed: 'must be https: the key and every prompt would travel readable. MODEL_ALLOW_HTTP=true allows http inside a network that you trust.',
    };
  }
  if ((env['MODEL_DEFAULT'] ?? '').trim() === '') {
    yield { variable: 'MODEL_DEFAULT', value: null, allowed: 'must be set where MODEL_BASE_URL is: an agent need not name a model.' };
  }
}

/** The language models that agents run on, and what one call of them may cost in time and bytes. */
@ConfigArea('model', { title: 'Language models', check })
export class ModelConfig {
  @Env('MODEL_BASE_URL', {
    description:
      'Where the models are: an OpenAI-compatible endpoint, to whose URL /chat/completions is added. https, or http on this machine. Empty: the offline model, which calls no model and says so.',
    example: 'https://models.example.com/v1',
    optional: true,
    parse: parseBaseUrl,
  })
  readonly baseUrl?: string;

  @Env('MODEL_API_KEY', {
    description: 'The key that is sent to MODEL_BASE_URL as a bearer token. Empty: none is sent.',
    secret: true,
    optional: true,
    parse: parseApiKey,
  })
  readonly apiKey?: string;

  @Env('MODEL_ALLOW_HTTP', { description: 'Allows http in MODEL_BASE_URL to another machine. Key and prompts are then readable on the way.' })
  readonly allowHttp: boolean = false;

  @Env('MODEL_DEFAULT', { description: 'The model of agents that name none. Must be set where MODEL_BASE_URL is.', example: 'a-model' })
  @MaxLength(255)
  readonly defaultModel: string = 'offline';

  @Env('MODEL_PRICES', {
    description:
      'What models cost, as JSON by model name, in millionths of the currency unit for a million tokens. A model that is missing costs 0, which the log says once.',
    example: '{"a-model":{"inputMicrosPerMillionTokens":150000,"outputMicrosPerMillionTokens":600000}}',
    optional: true,
    parse: parseModelPrices,
  })
  readonly prices: ModelPrices = new Map();

  @Env('MODEL_MAX_ANSWER_TOKENS', {
    description: 'How long one answer may be, where the agent does not say so itself and the run has so much left. Endpoints refuse more than their model can.',
    unit: 'tokens',
  })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly maxAnswerTokens: number = 4_096;

  @Env('MODEL_MAX_TOKENS_PARAMETER', {
    description: 'How the endpoint calls the limit of tokens of an answer: max_tokens, or max_completion_tokens for models that refuse it.',
  })
  @IsIn(['max_tokens', 'max_completion_tokens'])
  readonly maxTokensParameter: string = 'max_tokens';

  @Env('MODEL_RETRIES', {
    description: 'How often a call is repeated that was certainly not carried out: no connection, or answered 429 or 503.',
    unit: 'retries',
  })
  @IsInt()
  @Min(0)
  @Max(10)
  readonly retries: number = 2;

  @Env('MODEL_MAX_RETRY_AFTER_MS', { description: 'The longest wait before a retry, also where the endpoint asks for more.', unit: 'ms' })
  @IsInt()
  @Min(0)
  @Max(600_000)
  readonly maxRetryAfterMs: number = 20_000;

  @Env('MODEL_CONNECT_TIMEOUT_MS', { description: 'The longest that connecting, with name look-up and TLS, may take.', unit: 'ms' })
  @IsInt()
  @Min(10)
  @Max(120_000)
  readonly connectTimeoutMs: number = 10_000;

  @Env('MODEL_FIRST_BYTE_TIMEOUT_MS', { description: 'The longest wait for the first byte of an answer, once connected.', unit: 'ms' })
  @IsInt()
  @Min(10)
  @Max(3_600_000)
  readonly firstByteTimeoutMs: number = 120_000;

  @Env('MODEL_IDLE_TIMEOUT_MS', { description: 'The longest pause within an answer.', unit: 'ms' })
  @IsInt()
  @Min(10)
  @Max(3_600_000)
  readonly idleTimeoutMs: number = 60_000;

  @Env('MODEL_TOTAL_TIMEOUT_MS', { description: 'The longest that one call may take, with its retries.', unit: 'ms' })
  @IsInt()
  @Min(10)
  @Max(3_600_000)
  readonly totalTimeoutMs: number = 600_000;

  @Env('MODEL_MAX_ANSWER_BYTES', { description: 'The largest answer that is read, as it comes over the wire.', unit: 'bytes' })
  @IsInt()
  @Min(1_000)
  @Max(100_000_000)
  readonly maxAnswerBytes: number = 8_000_000;

  @Env('MODEL_MAX_TOOL_CALLS', { description: 'The most tools that one answer may call.', unit: 'calls' })
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly maxToolCalls: number = 32;
}
