import { describe, expect, it } from 'vitest';
import { errorOf, parse, textsOf } from '../testing/parse-text.ts';
import type { Overrides } from './overrides.ts';
import { ConfigRefusal } from './problem.ts';

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
    expect(warnings.map(({ text }) => text)).toEqual([
      'server.api_key: APP_API_KEY is not set, so it stands for an empty text.',
    ]);
  });

  it('cannot bring structure in', () => {
    const { config } = parse('server:\n  host: ${HOST}', { HOST: 'a\nport: 1' });
    expect(config.server).toMatchObject({ host: 'a\nport: 1', port: 8000 });
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
    expect(warnings.map(({ text }) => text)).toEqual([
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
  expect(textsOf(parse(both))).toEqual([expect.stringContaining('clear text: providers[0].keys[0].value.')]);

  const keys = Array.from({ length: 7 }, (_, index) => `{ id: k${index}, value: sk-${index}234567890 }`);
  expect(textsOf(parse(`providers: [{ id: openai, keys: [${keys.join(', ')}] }]`))).toEqual([
    expect.stringContaining('providers[0].keys[4].value and 2 more. Write'),
  ]);
});
