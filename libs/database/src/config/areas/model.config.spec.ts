import { ConfigurationError } from '../errors.js';
import { loadConfig } from '../load-config.js';
import { ModelConfig } from './model.config.js';

/** What the settings give, or the text of the error. */
function outcome(env: Record<string, string>): ModelConfig | string {
  try {
    return loadConfig(ModelConfig, { NODE_ENV: 'production', ...env });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}

const ENDPOINT = { MODEL_BASE_URL: 'https://models.example.com/v1/', MODEL_DEFAULT: 'a-model' };

it('needs nothing: then the model is the offline one', () => {
  expect(outcome({})).toMatchObject({ defaultModel: 'offline', retries: 2 });
  expect(loadConfig(ModelConfig, {}).baseUrl).toBeUndefined();
});

it('takes an https endpoint, without its last slash, and asks for a default model beside it', () => {
  expect(outcome(ENDPOINT)).toMatchObject({ baseUrl: 'https://models.example.com/v1', defaultModel: 'a-model' });
  expect(outcome({ MODEL_BASE_URL: 'https://models.example.com/v1' })).toContain('MODEL_DEFAULT (not set): must be set where MODEL_BASE_URL is');
});

it.each(['http://localhost:1234/v1', 'http://127.0.0.1:1/v1', 'http://[::1]:1/v1'])('takes http on this machine: %s', (url) => {
  expect(outcome({ ...ENDPOINT, MODEL_BASE_URL: url })).toMatchObject({ baseUrl: url });
});

it.each(['http://models.example.com/v1', 'http://127.0.0.1.example.com/v1', 'http://localhost.example.com'])(
  'refuses http elsewhere, unless told: %s',
  (url) => {
    expect(outcome({ ...ENDPOINT, MODEL_BASE_URL: url })).toContain('must be https');
    expect(outcome({ ...ENDPOINT, MODEL_BASE_URL: url, MODEL_ALLOW_HTTP: 'true' })).toMatchObject({ allowHttp: true });
  },
);

it.each(['ftp://models.example.com', 'models.example.com', 'https://user:secret@models.example.com', 'https://models.example.com/v1?key=1'])(
  'refuses what is no plain endpoint: %s',
  (url) => {
    const message = outcome({ ...ENDPOINT, MODEL_BASE_URL: url });
    expect(message).toContain('MODEL_BASE_URL');
    expect(message).not.toContain('secret@');
  },
);

it('refuses a key that could break out of its header, without repeating it', () => {
  const message = outcome({ ...ENDPOINT, MODEL_API_KEY: 'planted secret' });
  expect(message).toContain('MODEL_API_KEY = "***": must consist of printable ASCII');
  expect(message).not.toContain('planted');
});

it('reads prices by model', () => {
  const prices = { 'a-model': { inputMicrosPerMillionTokens: 150_000, outputMicrosPerMillionTokens: 0 } };
  const config = loadConfig(ModelConfig, { MODEL_PRICES: JSON.stringify(prices) });
  expect(Object.fromEntries(config.prices)).toEqual(prices);
});

it.each([
  ['[]', 'must be a JSON object'],
  ['{', 'must be JSON, such as'],
  ['{"m": 3}', '"m" has none'],
  ['{"m": {"inputMicrosPerMillionTokens": 1}}', 'must give "m" a whole outputMicrosPerMillionTokens'],
  ['{"m": {"inputMicrosPerMillionTokens": 0.5, "outputMicrosPerMillionTokens": 1}}', 'must give "m" a whole inputMicrosPerMillionTokens'],
  ['{"m": {"inputMicrosPerMillionTokens": -1, "outputMicrosPerMillionTokens": 1}}', 'from 0 to 1000000000000'],
  ['{"m": {"inputMicrosPerMillionTokens": 1, "outputMicrosPerMillionTokens": "1"}}', 'must give "m" a whole outputMicrosPerMillionTokens'],
  ['{"m": {"input": 1}}', 'has "input" at "m"'],
])('refuses the price table %s', (text, reason) => {
  expect(outcome({ MODEL_PRICES: text })).toContain(reason);
});
