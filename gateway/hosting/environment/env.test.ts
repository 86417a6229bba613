import { describe, expect, it } from 'vitest';
import { readEnvironment } from './env.ts';
import { ENVIRONMENT_VARIABLES } from './env-table.ts';

const settings = (environment: Record<string, string>): Record<string, unknown> =>
  Object.fromEntries(readEnvironment(environment).settings.map(({ path, value }) => [path, value]));

describe('variables that decide a setting', () => {
  it.each([
    [{ PORT: '9000' }, { 'server.port': 9000 }],
    [{ PORT: ' 9000 ' }, { 'server.port': 9000 }],
    [{ PORT: '' }, {}],
    [{ LOG_LEVEL: 'WARNING' }, { 'logging.level': 'WARNING' }],
    [{ NODE_ENV: 'production' }, { 'logging.format': 'json' }],
    [{ NODE_ENV: 'development' }, {}],
    [{ REQUEST_TIMEOUT: '60' }, { 'routing.request_timeout': '60000ms' }],
    [{ REQUEST_TIMEOUT_SECONDS: '0.5' }, { 'routing.request_timeout': '500ms' }],
    [{ REQUEST_TIMEOUT: '60', REQUEST_TIMEOUT_SECONDS: '180' }, { 'routing.request_timeout': '60000ms' }],
    [{ KEY_FAILURE_COOLDOWN_SECONDS: '600' }, { 'routing.cooldown.base': '600000ms' }],
    [{ KEY_MAX_CONSECUTIVE_FAILURES: '5' }, { 'routing.max_consecutive_failures': 5 }],
    [{ RETRY_WITH_NEW_KEY_COUNT: '0' }, { 'routing.retries': 0 }],
    [
      { DEFAULT_MODEL: 'deepseek/deepseek-chat-v3-0324:free' },
      { 'routing.default_model': 'deepseek/deepseek-chat-v3-0324:free' },
    ],
    [{ APP_API_KEY: 'sk-xxxx' }, { 'server.api_key': 'sk-xxxx' }],
    [{ ADMIN_PASSWORD: 'long' }, { 'admin.password': 'long' }],
    [{ ALLOW_UNAUTHENTICATED: '1' }, { 'server.allow_unauthenticated': true }],
    [{ ALLOW_UNAUTHENTICATED: 'no' }, { 'server.allow_unauthenticated': false }],
  ])('%j gives %j', (environment, expected) => {
    expect(settings(environment)).toEqual(expected);
  });

  it('names the variable as the origin', () => {
    expect(readEnvironment({ PORT: '9000' }).settings[0]?.origin).toBe('PORT');
  });
});

describe('keys', () => {
  it('come one a variable, or as a list with weights', () => {
    const { keys } = readEnvironment({
      OPENAI_API_KEY: 'sk-a',
      OPENROUTER_API_KEYS: 'or-1, or-2:5 ,or-3:0.5,',
    });
    expect(keys).toEqual([
      { provider: 'openai', value: 'sk-a', weight: 1, origin: 'OPENAI_API_KEY' },
      { provider: 'openrouter', value: 'or-1', weight: 1, origin: 'OPENROUTER_API_KEYS' },
      { provider: 'openrouter', value: 'or-2', weight: 5, origin: 'OPENROUTER_API_KEYS' },
      { provider: 'openrouter', value: 'or-3', weight: 0.5, origin: 'OPENROUTER_API_KEYS' },
    ]);
  });

  it('of Google come under either name; the first wins and the other is mentioned', () => {
    expect(readEnvironment({ GEMINI_API_KEY: 'g' }).keys).toMatchObject([{ provider: 'google', value: 'g' }]);
    const both = readEnvironment({ GOOGLE_API_KEY: 'a', GEMINI_API_KEY: 'b' });
    expect(both.keys).toMatchObject([{ value: 'a' }]);
    expect(both.notices).toEqual(['GEMINI_API_KEY is ignored, because GOOGLE_API_KEY is set too.']);
    expect(readEnvironment({ GOOGLE_API_KEY: 'a', GEMINI_API_KEY: 'a' }).notices).toEqual([]);
  });
});

it('describes OpenRouter by address and headers', () => {
  const { providers } = readEnvironment({
    OPENROUTER_API_URL: 'https://openrouter.ai/api/v1/chat/completions',
    OPENROUTER_MODELS_URL: 'https://openrouter.ai/api/v1/models',
    HTTP_REFERER: 'https://your-app-name.com',
    X_TITLE: 'Your App Name',
  });
  expect(providers.map(({ field, value }) => [field, value])).toEqual([
    ['base_url', 'https://openrouter.ai/api/v1'],
    ['models_url', 'https://openrouter.ai/api/v1/models'],
    ['headers', { 'HTTP-Referer': 'https://your-app-name.com' }],
    ['headers', { 'X-Title': 'Your App Name' }],
  ]);
});

it.each(['GIN_MODE', 'SESSION_SECRET_KEY'])('%s is accepted and said to change nothing', (name) => {
  const { notices, settings: decided } = readEnvironment({ [name]: '300' });
  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatch(new RegExp(`^${name} is set, which changes nothing: .+\\.$`));
  expect(decided).toEqual([]);
});

describe('values that are not allowed', () => {
  it.each([
    ['PORT', 'abc', 'must be a whole number from 0 to 65535'],
    ['PORT', '70000', 'must be a whole number from 0 to 65535'],
    ['PORT', '80.5', 'must be a whole number'],
    ['LOG_LEVEL', 'loud', 'must be one of debug, info, warn, error'],
    ['REQUEST_TIMEOUT', '60s', 'without a unit'],
    ['REQUEST_TIMEOUT', '0', 'above 0'],
    ['REQUEST_TIMEOUT', '1e9', 'above 0 to 86400'],
    ['KEY_FAILURE_COOLDOWN_SECONDS', '-1', 'from 0 to 86400'],
    ['KEY_MAX_CONSECUTIVE_FAILURES', '0', 'from 1 to 100'],
    ['RETRY_WITH_NEW_KEY_COUNT', '11', 'from 0 to 10'],
    ['HEALTH_CHECK_INTERVAL_SECONDS', 'often', 'from 0 to 86400'],
    ['ALLOW_UNAUTHENTICATED', 'maybe', 'must be 1 or 0'],
    ['OPENROUTER_API_URL', 'openrouter.ai', 'start with http:// or https://'],
    ['OPENROUTER_API_KEYS', 'canary-1,canary-2:heavy', 'entry 2 has a weight'],
    ['OPENROUTER_API_KEYS', 'canary-1:0', 'entry 1 has a weight'],
    ['OPENROUTER_API_KEYS', 'canary-1:2:3', 'entry 1 has a weight'],
    ['OPENAI_API_KEY', 'canary key', 'without spaces'],
    ['X_TITLE', 'a\nb', 'one line'],
    ['ADMIN_PASSWORD', 'canary'.repeat(50), 'at most 256 characters'],
  ])('%s=%j: %s', (name, value, allowed) => {
    const read = (): unknown => readEnvironment({ [name]: value });
    expect(read).toThrow(`${name} must`);
    expect(read).toThrow(allowed);
    expect(read).not.toThrow('canary');
  });

  it('are all named at once', () => {
    expect(() => readEnvironment({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(
      /PORT must .*\. LOG_LEVEL must .*\./,
    );
  });
});

it('the table names each variable once', () => {
  const names = ENVIRONMENT_VARIABLES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
