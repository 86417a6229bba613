import { expect, it } from 'vitest';
import { NO_OVERRIDES } from '../config/overrides.ts';
import { parseConfig } from '../config/parse.ts';
import { importRisks, type Side } from './import-risks.ts';

const ENVIRONMENT = { OPENAI_API_KEY: 'sk-of-the-environment' };
const side = (text: string): Side =>
  parseConfig(text, { environment: ENVIRONMENT, overrides: NO_OVERRIDES, builtIn: ['openai'] });
const provider = (id: string, url: string, value: string, more = ''): string =>
  `  - { id: ${id}, dialect: openai-chat, base_url: "${url}", keys: [{ id: k1, value: ${value} }]${more} }\n`;
const ONE = `providers:\n${provider('one', 'https://a.example/v1', 'sk-secret-of-one')}`;
const told = (before: string, after: string): readonly string[] =>
  importRisks(side(before), side(after), (id, key) => id === 'gone' && key.id === 'k1').map(
    ({ kind, what }) => `${kind}: ${what.join(' | ')}`,
  );

it.each([
  ['server: { host: 0.0.0.0, api_key: a-key-of-sixteen-letters }', 'listens: 0.0.0.0:8000'],
  ['monitoring: { port: 9100, host: 0.0.0.0 }', 'listens: 0.0.0.0:9100'],
  ['server: { allow_unauthenticated: true }', 'open-to-all: server.allow_unauthenticated'],
  ['server: { allowed_ips: [10.0.0.1] }', 'only-some: 10.0.0.1'],
  ['server: { allowed_hosts: [gw.example] }', 'only-some: gw.example'],
  ['server: { allowed_origins: ["https://evil.example"] }', 'pages: https://evil.example'],
  ['admin: { password: theirs-and-not-mine }', 'admin-password: admin.password'],
  ['admin: { insecure: true }', 'admin-insecure: admin.insecure'],
  [
    'network: { proxy: "http://me:secret@proxy.example:1" }',
    'keys-elsewhere: network.proxy → http://proxy.example:1',
  ],
  ['monitoring: { webhook: { url: https://hooks.example/T0/secret } }', 'alerts: hooks.example'],
  ['logging: { file: logs/other.log }', 'files: logging.file → logs/other.log'],
  ['backup: { folder: /elsewhere }', 'files: backup.folder → /elsewhere'],
])('tells of %s', (text, risk) => {
  expect(told(ONE, `${text}\n${ONE}`)).toEqual([risk]);
});

it('tells first that nobody would be answered any more', () => {
  const open = 'server: { host: 0.0.0.0 }';
  expect(told(ONE, `${open}\n${ONE}`)).toEqual([
    'locks-out: server.host | server.api_key',
    'listens: 0.0.0.0:8000',
  ]);
  expect(told(`${open}\n${ONE}`, `${open}\n${ONE}`)).toEqual([]);
});

it.each([
  ['server: { api_key: sy-client-key-1 }', ['client-keys: server.api_key', 'no-client-key: server.api_key']],
  ['clients: [{ id: me, key: sy-client-key-1 }]', ['client-keys: me', 'no-client-key: server.api_key']],
  ['admin: { password: mine-and-long }', ['admin-password: admin.password']],
  ['guards: { sensitive_patterns: [secret] }', ['fewer-guards: guards.sensitive_patterns']],
])('tells that %s is gone', (text, risks) => {
  expect(told(`${text}\n${ONE}`, ONE)).toEqual(risks);
});

it('tells where keys would go that are here already', () => {
  const moved = (text: string): readonly string[] => told(ONE, `providers:\n${text}`);
  expect(moved(provider('one', 'https://evil.example/v1', 'sk-secret-of-one'))).toEqual([
    'keys-elsewhere: one: base_url → https://evil.example/v1',
  ]);
  expect(
    moved(provider('one', 'https://a.example/v1', 'sk-secret-of-one', ', proxy: "http://evil.example"')),
  ).toEqual(['keys-elsewhere: one: proxy → http://evil.example']);
  // The secret is filled in where it was, and an alias takes it elsewhere.
  expect(
    moved(
      provider('one', 'https://a.example/v1', '&k sk-secret-of-one') +
        provider('two', 'https://evil.example/v1', '*k'),
    ),
  ).toEqual(['keys-elsewhere: providers[two].keys[k1].value ← providers[one].keys[k1].value']);
  // Of a built-in one, whose key may lie in the store.
  const named = 'providers: [{ id: openai }]';
  expect(told(named, 'providers: [{ id: openai, base_url: "https://evil.example" }]')).toEqual([
    'keys-elsewhere: openai: base_url → https://evil.example',
  ]);
});

it('tells where keys would go that the store kept of a provider that is gone', () => {
  const gone =
    '  - { id: gone, dialect: openai-chat, base_url: "https://evil.example", keys: [{ id: k1 }] }\n';
  expect(told(ONE, `${ONE}${gone}`)).toEqual(['keys-elsewhere: gone: base_url → https://evil.example']);
});

it('tells which variables would be read, wherever they stand', () => {
  const two = provider('two', 'https://b.example/v1', '"x${OPENAI_API_KEY}"');
  expect(told(ONE, `${ONE}${two}`)).toEqual(['variables: providers[two].keys[k1].value: OPENAI_API_KEY']);
  expect(told(`${ONE}${two}`, `${ONE}${two}`)).toEqual([]);
});

it('tells which variable would be read where it was named alone, and none that is only named', () => {
  const named = (text: string): string => `routing: { default_model: "one/${text}" }\n${ONE}`;
  const risk = ['variables: routing.default_model: OPENAI_API_KEY'];
  expect(told(named('$${OPENAI_API_KEY}'), named('${OPENAI_API_KEY}'))).toEqual(risk);
  expect(told(ONE, named('$${OPENAI_API_KEY}'))).toEqual([]);
});

it('tells of networks that may be reached', () => {
  const home = ONE.replace(' }]', ' }], allow_private_network: true');
  expect(told(ONE, home)).toEqual(['private-network: one']);
});

it('tells ten of a kind and how many more, so that none is buried', () => {
  const origins = Array.from({ length: 1_000 }, (_, index) => `"https://p${index}.example"`).join(', ');
  const [pages = '', ...rest] = told(
    ONE,
    `server: { allowed_origins: [${origins}] }\nadmin: { insecure: true }\n${ONE}`,
  ).toReversed();
  expect(pages).toMatch(/^pages: https:\/\/p0\.example .* \| … \+990$/);
  expect(rest).toEqual(['admin-insecure: admin.insecure']);
});

it('has nothing to tell of what changes nothing of the kind', () => {
  expect(told(ONE, `routing: { retries: 1 }\nserver: { port: 9000 }\n${ONE}`)).toEqual([]);
});

it('finds a secret anywhere in what leaves this machine, among thousands', () => {
  const MANY = 6_000;
  const many = (url: (index: number) => string): string =>
    `providers:\n${Array.from({ length: MANY }, (_, index) => provider(`p${index}`, url(index), `sk-secret-number-${index}-`)).join('')}`;
  const before = side(many((index) => `https://p${index}.example/v1`));
  const moved = before.config.providers.map((one, index) =>
    index === 17 ? { ...one, base_url: 'https://p17.example/v1?key=sk-secret-number-4242-&more' } : one,
  );
  const risks = importRisks(
    before,
    { source: undefined, config: { ...before.config, providers: moved } },
    () => false,
  );
  expect(risks.map(({ what }) => what)).toContainEqual([
    'p17: base_url → https://p17.example/v1?key=sk-secret-number-4242-&more',
    'providers[p17].base_url ← providers[p4242].keys[k1].value',
  ]);
});
