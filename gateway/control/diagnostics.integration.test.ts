/** Diagnostics against a whole gateway that knows many secrets: none may be in them, in any form. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLogger } from '../hosting/logger.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { realClock, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

/** Each stands somewhere else. */
const CANARIES = {
  key: 'sk-canary/one+two=0000000000001111',
  client: 'sy-canary-client-0000000000002222',
  own: 'canary-own-key-00000000000003333',
  admin: 'canary-admin-password-4444',
  webhook: 'canary-webhook-token-5555',
  webhookPath: 'canary-webhook-path-6666',
  header: 'canary-header-value-7777',
  proxy: 'canary-proxy-password-8888',
  pattern: 'canary-pattern-9999',
  variable: 'canary-variable-value-1010',
  prompt: 'canary-prompt-words-1212',
} as const;

let upstream: FakeUpstream;
let gateway: TestGateway;

beforeEach(async () => {
  upstream = await startFakeUpstream();
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const yaml = (): string => `
server: { api_key: "${CANARIES.own}", max_in_flight: 77 }
admin: { password: "${CANARIES.admin}" }
network: { proxy: "http://me:${CANARIES.proxy}@127.0.0.1:9", no_proxy: [127.0.0.1] }
guards: { sensitive_patterns: ["${CANARIES.pattern}"] }
monitoring:
  webhook: { url: "https://hooks.example/${CANARIES.webhookPath}?a=b", token: "${CANARIES.webhook}" }
clients: [{ id: tool, key: "${CANARIES.client}" }]
providers:
  - id: one
    dialect: openai-chat
    models: [m]
    base_url: ${upstream.url}
    allow_private_network: true
    headers: { x-team: "${CANARIES.header}" }
    keys: [{ id: main, value: "${CANARIES.key}" }]
`;

/** As they stand, in an address, and in base64 wherever it begins. */
const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  ...[0, 1, 2].map((shift) =>
    Buffer.from(`${' '.repeat(shift)}${secret}`)
      .toString('base64')
      .slice(shift === 0 ? 0 : shift + 1, -4),
  ),
];

/** The same as programs write it: whole. */
const writtenForms = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  ...['', 'a', 'ab'].map((before) => Buffer.from(`${before}${secret}`).toString('base64')),
];

async function start(): Promise<string> {
  const lines: string[] = [];
  const logger = createLogger({
    clock: realClock,
    console: {
      write: (line) => lines.push(line),
      flush: () => Promise.resolve(),
      close: () => Promise.resolve(),
    },
  });
  gateway = await startTestGateway(yaml(), {
    logger,
    environment: { FAKE_API_KEY: CANARIES.variable, UNRELATED_NAME: 'x', HTTPS_PROXY: CANARIES.variable },
  });
  upstream.script((request) =>
    request.json(400, { error: { message: `no: ${CANARIES.prompt} ${CANARIES.key}` } }),
  );
  const body = { model: 'one/m', messages: [{ role: 'user', content: CANARIES.prompt }] };
  await gateway.chat(body, { authorization: `Bearer ${CANARIES.own}` });
  await gateway.rows(1);
  for (const secret of Object.values(CANARIES).slice(0, 5)) {
    for (const form of writtenForms(secret)) logger.error(`Something met ${form}`, { form });
  }
  const { text } = await gateway.gateway.control.handlers['diagnostics.make']({});
  return text;
}

it('hold no secret in any form, and no word of a request', async () => {
  const text = await start();
  for (const [name, secret] of Object.entries(CANARIES)) {
    for (const form of formsOf(secret)) expect(text.includes(form), `${name} as ${form}`).toBe(false);
  }
});

it('tell what explains a trouble', async () => {
  const text = await start();
  const told: unknown = JSON.parse(text);
  expect(told).toMatchObject({
    version: '0.0.0-test',
    configuration: {
      server: { api_key: '…3333', max_in_flight: 77 },
      guards: { sensitive_patterns: '(1)' },
      monitoring: { webhook: { url: 'https://hooks.example' } },
    },
    providers: [{ id: 'one', keys: [{ id: 'main', fingerprint: '…1111' }] }],
    failedRequests: [{ outcome: 'error', status: 400, asked: 'one/m', provider: 'one', attempts: 1 }],
    variables: ['FAKE_API_KEY', 'HTTPS_PROXY'],
  });
  expect(text).toContain('"name": "log.db"');
  expect(text).toContain('Something met [redacted]');
});

it('stay small, however much there is to tell', async () => {
  const models = Array.from({ length: 40 }, (_, number) => `a-model-with-a-long-name-${number}`).join(', ');
  const provider = (number: number): string =>
    `  - { id: p${number}, dialect: openai-chat, base_url: "https://p${number}.example", models: [${models}], keys: [${keys(number)}] }\n`;
  const keys = (number: number): string =>
    [1, 2, 3].map((key) => `{ id: k${key}, value: "sk-many-${number}-${key}-0000000000" }`).join(', ');
  gateway = await startTestGateway(
    `providers:\n${Array.from({ length: 150 }, (_, number) => provider(number)).join('')}`,
    { logger: { ...quiet, recent: () => Array.from({ length: 200 }, () => 'x'.repeat(1_000)) } },
  );
  const { text } = await gateway.gateway.control.handlers['diagnostics.make']({});
  expect(text.length).toBeLessThan(700_000);
  expect(JSON.parse(text)).toMatchObject({
    providersInAll: 150,
    configuration: { leftOut: expect.stringContaining('characters') },
  });
});

const nothing = (): void => undefined;
const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing };
