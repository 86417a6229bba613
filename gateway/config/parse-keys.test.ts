import { describe, expect, it } from 'vitest';
import type { ParsedConfig } from './parse.ts';
import { parse, textsOf } from '../testing/parse-text.ts';

const keysOf = ({ config }: ParsedConfig, provider: string) =>
  config.providers
    .find(({ id }) => id === provider)
    ?.keys.map(({ id, value, models, weight }) => ({ id, value, models, weight }));

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
    expect(textsOf(parsed)).toEqual([
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
    expect(textsOf(parsed)).toEqual([
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
    expect(warnings[0]?.text).toContain('clear text: providers[0].keys[0].value, admin.password.');
    expect(warnings[0]?.text).not.toContain('canary');
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
