import { describe, expect, it } from 'vitest';
import { NO_OVERRIDES, type Overrides } from './overrides.ts';
import { parseConfig, type ParsedConfig } from './parse.ts';
import { ConfigError, ConfigRefusal } from './problem.ts';

const addressed = ['azure-openai'];
const builtIn = ['openai', 'anthropic', 'google', 'openrouter', 'groq', 'ollama'];

function parse(
  text: string,
  environment: Record<string, string> = {},
  overrides: Partial<Overrides> = {},
): ParsedConfig {
  return parseConfig(text, { environment, overrides: { ...NO_OVERRIDES, ...overrides }, builtIn, addressed });
}

function errorOf(
  text: string,
  environment: Record<string, string> = {},
  overrides: Partial<Overrides> = {},
): ConfigError {
  try {
    parse(text, environment, overrides);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('no error was thrown');
}

const keysOf = ({ config }: ParsedConfig, provider: string) =>
  config.providers
    .find(({ id }) => id === provider)
    ?.keys.map(({ id, value, models, weight }) => ({ id, value, models, weight }));

describe('defaults', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \n\n'],
    ['comments', '# later\n'],
    ['empty sections', 'server:\nproviders:\n'],
  ])('a file with %s is all defaults', (_, text) => {
    const { config, warnings } = parse(text);
    expect(config.server).toMatchObject({ host: 'localhost', port: 8000, api_key: '' });
    expect(config.routing).toMatchObject({ retries: 3, cooldown: { base: 30_000, ceiling: 1_800_000 } });
    expect(config.providers).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('JSON and a byte order mark are understood', () => {
    expect(parse('\ufeff{"server": {"port": 9000}}').config.server.port).toBe(9000);
  });

  it('a log file named without a destination is written', () => {
    expect(parse('logging: { file: a.log }').config.logging.destination).toBe('both');
    expect(parse('logging: { file: a.log, destination: console }').config.logging.destination).toBe(
      'console',
    );
  });
});

describe('mistakes are named with place, cause and what is allowed', () => {
  it.each([
    [
      'unknown field',
      'server:\n  prot: 1',
      'server.prot (line 2): this setting is not known; did you mean server.port?',
    ],
    [
      'unknown section',
      'porviders: []',
      'porviders (line 1): this setting is not known; did you mean providers?',
    ],
    ['nothing near', 'zebra: 1', 'zebra (line 1): this setting is not known'],
    [
      'planned field',
      'web: { enabled: true }',
      'web (line 1): this setting is not in this version yet; remove it',
    ],
    [
      'planned in a list',
      'providers:\n  - id: openai\n    retryCount: 2',
      'providers[0].retry_count (line 3): this setting is not in this version yet',
    ],
    ['prototype', '__proto__: { admin: 1 }', '__proto__ (line 1): this setting is not known'],
    ['wrong type', 'server: { port: abc }', 'server.port (line 1): a number is needed'],
    ['out of range', 'server: { port: 70000 }', 'a port lies between 0 and 65535'],
    ['no mapping', 'server: 5', 'server (line 1): a mapping'],
    ['no list', 'providers: { openai: {} }', 'providers (line 1): a list'],
    ['no configuration', '- a', 'a mapping (name: value, indented below) is needed'],
    ['unknown word', 'logging: { format: xml }', 'logging.format (line 1): one of text, json is needed'],
    ['unknown level', 'logging: { level: loud }', 'one of debug, info, warn, error is needed'],
    ['duration', 'routing: { deadline: 10 }', 'a duration from 1ms to 24h is needed, such as 500ms'],
    ['duration beyond a timer', 'routing: { deadline: 30d }', 'a duration from 1ms to 24h is needed'],
    ['size', 'requests: { keep: { size: big } }', 'a size such as 10MB or 1GB is needed'],
    [
      'too small',
      'requests: { keep: { rows: 0 } }',
      'requests.keep.rows (line 1): a number of at least 1 is needed',
    ],
    ['missing id', 'providers: [{ enabled: true }]', 'providers[0].id (line 1): this setting is missing'],
    [
      'provider nobody knows',
      'providers: [{ id: openia }]',
      'openia is not a built-in provider (openai, anthropic, google, openrouter, groq, ollama). Did you mean openai?',
    ],
    [
      'no dialect',
      'providers: [{ id: mine, base_url: "http://10.0.0.5/v1" }]',
      'a provider of your own needs a dialect: openai-chat',
    ],
    [
      'a provider like one that is not there',
      'providers: [{ id: second, like: gorq }]',
      'providers[0].like (line 1): gorq is not a built-in provider (openai, anthropic, google, openrouter, groq, ollama). Did you mean groq?',
    ],
    [
      'a built-in provider like another',
      'providers: [{ id: groq, like: openai }]',
      'providers[0].like (line 1): groq is built in itself',
    ],
    [
      'an address for Gemini that is to be used as it is',
      'providers: [{ id: mine, dialect: gemini, base_url: "https://a.example/x#" }]',
      'providers[0].base_url (line 1): Gemini names the model in the address',
    ],
    [
      'a provider without its address',
      'providers: [{ id: azure-openai }]',
      'providers[0].id (line 1): azure-openai needs a base_url: nobody but you knows where yours is',
    ],
    [
      'base URL without scheme',
      'providers: [{ id: openai, base_url: api.openai.com }]',
      'providers[0].base_url (line 1): start with http:// or https://',
    ],
    [
      'base URL with a port that cannot be',
      'providers: [{ id: openai, base_url: "http://127.0.0.1:99999/v1" }]',
      'providers[0].base_url (line 1): this is no address: look at the host name and the port',
    ],
    [
      'models URL without an end',
      'providers: [{ id: openai, models_url: "http://[::1/v1" }]',
      'providers[0].models_url (line 1): this is no address',
    ],
    [
      'header that belongs to a body',
      'providers: [{ id: openai, headers: { Content-Length: "5" } }]',
      'providers[0].headers.Content-Length (line 1): this header is set by the gateway for each request',
    ],
    [
      'part that holds itself',
      'providers: &all [*all]',
      'an anchor (&name) must not hold its own alias (*name)',
    ],
    [
      'base URL with a user',
      'providers: [{ id: openai, base_url: "https://me:pw@api.openai.com" }]',
      'no user name, query, fragment or spaces',
    ],
    [
      'base URL of the gateway itself',
      'providers: [{ id: ollama, base_url: "http://127.0.0.1:8000/v1" }]',
      "this is the gateway's own address",
    ],
    [
      'duplicate provider',
      'providers: [{ id: openai }, { id: openai }]',
      'providers[1].id (line 1): this id is used by entry 1',
    ],
    [
      'duplicate key id',
      'providers: [{ id: openai, keys: [{ id: a }, { id: a }] }]',
      'providers[0].keys[1].id',
    ],
    [
      'duplicate model',
      'models: [{ id: a, targets: [{ model: b }] }, { id: a, targets: [{ model: c }] }]',
      'models[1].id',
    ],
    ['duplicate client', 'clients: [{ id: a, key: x }, { id: a, key: y }]', 'clients[1].id'],
    [
      'shared client key',
      'clients: [{ id: a, key: canary }, { id: b, key: canary }]',
      'clients[1].key (line 1): this key is used by entry 1',
    ],
    ['duplicate member', 'server:\n  port: 1\n  port: 2', 'line 3: port is written twice'],
    ['duplicate JSON member', '{"server": {}, "server": {}}', 'server is written twice'],
    [
      'two spellings',
      'providers: [{ id: openai, baseUrl: "http://a", base_url: "http://b" }]',
      'given under two names',
    ],
    [
      'model without a form',
      'models: [{ id: a }]',
      'targets (an alias) or provider (a model of one provider) is needed',
    ],
    [
      'alias without targets',
      'models: [{ id: a, targets: [] }]',
      'models[0].targets (line 1): at least 1 entry is needed',
    ],
    [
      'manual form mistyped',
      'models: [{ id: a, provider: openai, apikey: canary }]',
      'models[0].apikey (line 1): this setting is not known; did you mean models[].api_key?',
    ],
    ['model of nobody', 'models: [{ id: a, provider: nobody }]', 'nobody is not a built-in provider'],
    [
      'key with a space',
      'providers: [{ id: openai, keys: [{ id: a, value: "canary 1" }] }]',
      'a key has no spaces',
    ],
    [
      'header',
      'providers: [{ id: openai, headers: { "X Y": a } }]',
      'providers[0].headers.X Y (line 1): a header has a name of letters',
    ],
    ['proxy', 'network: { proxy: "socks5://a" }', 'system, none, or the address of an HTTP proxy'],
    [
      'address range',
      'server: { allowed_ips: [10.0.0.0/33] }',
      'server.allowed_ips[0] (line 1): an address or CIDR range',
    ],
    ['tab', 'server:\n\tport: 1', 'line 2: a tab cannot indent; use spaces'],
    ['open bracket', 'server: [1', 'line 1: '],
    ['open quote', 'server:\n  host: "canary', 'line 2: a quote, bracket or comma is missing'],
    ['two documents', 'server: {}\n---\nserver: {}', 'line 2: a second document begins here'],
    ['tag', 'server: !include canary', 'tags (!name) are not understood'],
    ['unquoted reference', 'server: { host: ${HOST} }', 'must stand in quotes'],
    ['bad reference', 'server:\n  host: ${1}', 'server.host (line 2): write ${NAME} or ${NAME:-default}'],
    ['unknown anchor', 'server: *canary', 'an alias (*name) refers to no anchor'],
    ['zero bytes', 'server\0', 'zero bytes'],
  ])('%s', (_, text, sentence) => {
    const { message, problems } = errorOf(text);
    expect(message).toContain(sentence);
    expect(message).not.toContain('canary');
    expect(problems.length).toBeGreaterThan(0);
  });

  it('all of them at once, a long list cut', () => {
    const { problems } = errorOf('server: { port: a, prot: 1 }\nweb: {}');
    expect(problems.map(({ path }) => path)).toEqual(['server.port', 'server.prot', 'web']);
    const many = errorOf(`providers:\n${'  - {}\n'.repeat(40)}`);
    expect(many.problems).toHaveLength(40);
    expect(many.message).toContain('and 28 more problems');
  });

  it.each([
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map(
          (name, index) =>
            `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[index] ?? ''}`).join(',')}]`,
        )
        .join('\n')}`,
    ],
    ['brackets without end', '['.repeat(200_000)],
    ['a list in a list without end', '- '.repeat(2_000)],
    ['two megabytes', 'a'.repeat(2_000_000)],
  ])('%s is refused, not run into', (_, text) => {
    expect(errorOf(text).message.length).toBeLessThan(2_000);
  });

  it('names what an override set, and the variable behind an empty text', () => {
    const flagged = errorOf('', {}, { settings: [{ path: 'server.port', value: 70_000, origin: '--port' }] });
    expect(flagged.message).toBe('server.port: a port lies between 0 and 65535 (set by --port)');
    expect(errorOf('clients: [{ id: a, key: "${LAPTOP_KEY}" }]').message).toContain(
      '(LAPTOP_KEY is not set)',
    );
  });
});

describe('${NAME}', () => {
  it.each([
    ['${HOST}', { HOST: '::1' }, '::1'],
    ['${HOST:-fallback}', {}, 'fallback'],
    ['${HOST:-fallback}', { HOST: '' }, 'fallback'],
    ['a.${B:-b}.${C}', { C: 'c' }, 'a.b.c'],
    ['$${HOST}', { HOST: 'x' }, '${HOST}'],
    ['$HOST', { HOST: 'x' }, '$HOST'],
  ])('%s with %j is %s', (template, environment, expected) => {
    expect(parse(`server:\n  host: ${template}`, environment).config.server.host).toBe(expected);
  });

  it('is a number or a switch where one belongs', () => {
    const { server } = parse('server:\n  port: ${P:-9000}\n  allow_unauthenticated: ${A}', {
      A: 'true',
    }).config;
    expect(server).toMatchObject({ port: 9000, allow_unauthenticated: true });
  });

  it('without value and default is empty, and said', () => {
    const { config, warnings } = parse('server:\n  api_key: ${APP_API_KEY}');
    expect(config.server.api_key).toBe('');
    expect(warnings).toEqual(['server.api_key: APP_API_KEY is not set, so it stands for an empty text.']);
  });

  it('cannot bring structure in', () => {
    const { config } = parse('server:\n  host: ${HOST}', { HOST: 'a\nport: 1' });
    expect(config.server).toMatchObject({ host: 'a\nport: 1', port: 8000 });
  });
});

describe('key pools', () => {
  const MANUAL = `
models:
  - id: openai/gpt-4
    provider: openai
    api_key: \${OPENAI_API_KEY}
  - id: openai/gpt-3.5-turbo
    provider: openai
    api_key: \${OPENAI_API_KEY}
  - id: google/gemini-pro
    provider: google
    api_key: \${GOOGLE_API_KEY}
server:
  port: 8000
  host: 0.0.0.0
logging:
  level: INFO
  file: logs/openrouter.log
`;

  it("the user manual's file works as it stands", () => {
    const parsed = parse(MANUAL, { OPENAI_API_KEY: 'sk-1' });
    expect(keysOf(parsed, 'openai')).toEqual([
      { id: 'model-openai-gpt-4', value: 'sk-1', models: ['gpt-4', 'gpt-3.5-turbo'], weight: 1 },
    ]);
    expect(parsed.config.keyOrigins).toEqual({
      'openai/model-openai-gpt-4': { kind: 'models', variable: 'OPENAI_API_KEY' },
    });
    expect(keysOf(parsed, 'google')).toEqual([]);
    expect(parsed.warnings).toEqual([
      'models[2].api_key: the key is skipped, because GOOGLE_API_KEY is not set.',
    ]);
    expect(parsed.config.logging).toMatchObject({ level: 'info', destination: 'both' });
  });

  it('one secret is one key, unrestricted where any of its places is', () => {
    const keys = [{ provider: 'openai', value: 'sk-1', weight: 1, origin: 'OPENAI_API_KEY' }];
    const parsed = parse(MANUAL, { OPENAI_API_KEY: 'sk-1', GOOGLE_API_KEY: 'g' }, { keys });
    expect(keysOf(parsed, 'openai')).toEqual([
      { id: 'env-openai-api-key', value: 'sk-1', models: [], weight: 1 },
    ]);
    const listed = parse(
      `${MANUAL}\nproviders: [{ id: openai, keys: [{ id: k1, value: sk-1, models: [gpt-5] }] }]`,
      {
        OPENAI_API_KEY: 'sk-1',
      },
    );
    expect(keysOf(listed, 'openai')).toEqual([
      { id: 'k1', value: 'sk-1', models: ['gpt-5', 'gpt-4', 'gpt-3.5-turbo'], weight: 1 },
    ]);
  });

  it('keys of variables get stable ids and bring their provider along', () => {
    const keys = ['a', 'b', 'c'].map((value, index) => ({
      provider: 'openrouter',
      value,
      weight: index + 1,
      origin: 'OPENROUTER_API_KEYS',
    }));
    const parsed = parse('providers: [{ id: groq }]', {}, { keys });
    expect(parsed.config.providers.map(({ id, enabled }) => [id, enabled])).toEqual([
      ['groq', true],
      ['openrouter', true],
    ]);
    expect(keysOf(parsed, 'openrouter')?.map(({ id, weight }) => [id, weight])).toEqual([
      ['env-openrouter-api-keys', 1],
      ['env-openrouter-api-keys-2', 2],
      ['env-openrouter-api-keys-3', 3],
    ]);
    expect(parsed.config.keyOrigins['openrouter/env-openrouter-api-keys-2']).toEqual({
      kind: 'environment',
      variable: 'OPENROUTER_API_KEYS',
    });
  });

  it('a disabled provider stays disabled, and an entry without value adds settings to a derived key', () => {
    const text =
      'providers: [{ id: openai, enabled: false, keys: [{ id: env-openai-api-key, weight: 7, enabled: false }] }]';
    const keys = [{ provider: 'openai', value: 'sk-1', weight: 1, origin: 'OPENAI_API_KEY' }];
    const [openai] = parse(text, {}, { keys }).config.providers;
    expect(openai).toMatchObject({
      enabled: false,
      keys: [{ id: 'env-openai-api-key', value: 'sk-1', weight: 7, enabled: false }],
    });
    expect(parse(text).config.providers[0]?.keys).toEqual([]);
  });

  it('a key that clients bring is never sent to a provider', () => {
    const keys = [{ provider: 'openai', value: 'sk-gateway', weight: 1, origin: 'OPENAI_API_KEY' }];
    const parsed = parse('server: { api_key: "${G}" }', { G: 'sk-gateway' }, { keys });
    expect(parsed.config.providers).toEqual([]);
    expect(parsed.warnings).toEqual([
      'OPENAI_API_KEY: ignored, because it holds a key that clients use to reach this gateway.',
    ]);
  });

  it('tells where each key comes from, and trims what files of secrets end with', () => {
    const parsed = parse(
      'providers: [{ id: openai, keys: [{ id: a, value: "${A}" }, { id: b, value: sk-b }, { id: c }] }]',
      { A: 'sk-a\n' },
    );
    expect(parsed.config.keyOrigins).toEqual({
      'openai/a': { kind: 'configuration', variable: 'A' },
      'openai/b': { kind: 'configuration', variable: null },
      'openai/c': { kind: 'store' },
    });
    expect(keysOf(parsed, 'openai')?.[0]?.value).toBe('sk-a');
  });

  it('secrets in clear are said, by path alone', () => {
    const { warnings } = parse(
      'providers: [{ id: openai, keys: [{ id: b, value: sk-canary }] }]\nadmin: { password: canary }',
    );
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('clear text: providers[0].keys[0].value, admin.password.');
    expect(warnings[0]).not.toContain('canary');
  });
});

describe("the gateway guide's provider settings", () => {
  it('are understood under their names', () => {
    const [provider] = parse(
      `providers:
  - id: openai
    status: offline
    apiKey: \${OPENAI_API_KEY}
    baseUrl: https://api.openai.com/v1
    supportedModels: [gpt-4, gpt-3.5-turbo]
    supportedModelTypes: [remote]
    maxConcurrentQueries: 50
    timeout: 15000`,
      { OPENAI_API_KEY: 'sk-1' },
    ).config.providers;
    expect(provider).toMatchObject({
      enabled: false,
      keys: [{ id: 'api-key', value: 'sk-1' }],
      base_url: 'https://api.openai.com/v1',
      models: ['gpt-4', 'gpt-3.5-turbo'],
      max_concurrency: 50,
      timeout: { total: 15_000 },
    });
  });
});

describe('overrides', () => {
  it('stand over the file and are locked', () => {
    const { config } = parse(
      'server: { port: 1, host: localhost }',
      {},
      {
        settings: [{ path: 'server.port', value: 9000, origin: 'PORT' }],
      },
    );
    expect(config.server.port).toBe(9000);
    expect(config.locked).toEqual({ 'server.port': 'PORT' });
  });

  it('describe a provider that is there, and add none', () => {
    const providers: Overrides['providers'] = [
      {
        provider: 'openrouter',
        field: 'base_url',
        value: 'https://mirror.example/v1',
        origin: 'OPENROUTER_API_URL',
      },
      { provider: 'openrouter', field: 'headers', value: { 'X-Title': 'mine' }, origin: 'X_TITLE' },
    ];
    expect(parse('', {}, { providers }).config.providers).toEqual([]);
    const { config } = parse(
      'providers: [{ id: openrouter, headers: { x-title: file, X-Team: a } }]',
      {},
      { providers },
    );
    expect(config.providers[0]).toMatchObject({
      base_url: 'https://mirror.example/v1',
      headers: { 'X-Title': 'mine', 'X-Team': 'a' },
    });
    expect(config.providers[0]?.headers).not.toHaveProperty('x-title');
    expect(config.locked).toEqual({
      'providers[openrouter].base_url': 'OPENROUTER_API_URL',
      'providers[openrouter].headers.X-Title': 'X_TITLE',
    });
  });

  it('raise the ceiling of cool-downs with their base', () => {
    const settings = [
      { path: 'routing.cooldown.base', value: '3600s', origin: 'KEY_FAILURE_COOLDOWN_SECONDS' },
    ];
    const { config, warnings } = parse('', {}, { settings });
    expect(config.routing.cooldown).toEqual({ base: 3_600_000, ceiling: 3_600_000 });
    expect(warnings).toEqual([
      'routing.cooldown.ceiling is below routing.cooldown.base and is raised to it.',
    ]);
  });
});

describe('samples of the guides', () => {
  const SAMPLE = { SESSION_SECRET_KEY: 'a-very-secret-and-random-key-replace-this-in-production' };
  const PASSWORD = { settings: [{ path: 'admin.password', value: 'admin', origin: 'ADMIN_PASSWORD' }] };

  it.each(['0.0.0.0', '::', '192.168.1.5', 'gateway.example'])('are refused on %s', (host) => {
    const text = `server: { host: "${host}" }`;
    expect(errorOf(text, SAMPLE)).toBeInstanceOf(ConfigRefusal);
    expect(errorOf(text, SAMPLE).message).toContain('SESSION_SECRET_KEY has the sample value');
    expect(errorOf(text, {}, PASSWORD)).toBeInstanceOf(ConfigRefusal);
    expect(errorOf(text, {}, PASSWORD).message).toContain('(set by ADMIN_PASSWORD)');
  });

  it.each(['localhost', '127.0.0.1', '"::1"'])('are let be on %s', (host) => {
    expect(() => parse(`server: { host: ${host} }`, SAMPLE, PASSWORD)).not.toThrow();
  });
});

it('knows what the file itself sets, under our names, and what it leaves to defaults and variables', () => {
  const settings = [{ path: 'logging.level', value: 'warn', origin: 'LOG_LEVEL' }];
  const { written } = parse('server: { port: 1, apiKey: x }\nnetwork: {}\n', {}, { settings });
  expect([...written].sort()).toEqual(['network', 'server', 'server.api_key', 'server.port']);
});

it("warns of a provider's key in clear text, not of the gateway's own", () => {
  expect(parse('server: { api_key: sk-of-the-gateway }').warnings).toEqual([]);
  expect(parse('clients: [{ id: laptop, key: sy-of-a-client }]').warnings).toEqual([]);
  const both =
    'providers: [{ id: openai, keys: [{ id: k, value: sk-1234567890 }] }]\nclients: [{ id: laptop, key: sy-of-a-client }]';
  expect(parse(both).warnings).toEqual([expect.stringContaining('clear text: providers[0].keys[0].value.')]);

  const keys = Array.from({ length: 7 }, (_, index) => `{ id: k${index}, value: sk-${index}234567890 }`);
  expect(parse(`providers: [{ id: openai, keys: [${keys.join(', ')}] }]`).warnings).toEqual([
    expect.stringContaining('providers[0].keys[4].value and 2 more. Write'),
  ]);
});
