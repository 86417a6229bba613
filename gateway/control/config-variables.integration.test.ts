/** Whoever may import a configuration does not read the variables of the machine by it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NO_OVERRIDES } from '../config/overrides.ts';
import { memoryFile, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway;
let file: ReturnType<typeof memoryFile>;

beforeEach(async () => {
  file = memoryFile('server: { port: 0 }\nrouting: { default_model: "${MODEL:-}" }\n');
  const configFile = {
    ...file,
    read: () => Promise.resolve(file.text),
    keepCopy: () => Promise.resolve('copy'),
  };
  gateway = await startTestGateway('', {
    configFile,
    overrides: NO_OVERRIDES,
    environment: { CANARY: 'sk-canary-of-the-machine' },
  });
});
afterEach(() => gateway.stop());

const plan = (text: string) => gateway.call('config.plan', { text });

it.each([
  'routing: { default_model: "x${CANARY}" }',
  'routing: { default_model: "${CANARY}/x" }',
  'routing: { retries: "${CANARY}" }',
  'providers: [{ id: "${CANARY}" }]',
  'providers: [{ id: "${CANARY} no id" }]',
  'server: { api_key: &a "${CANARY}" }\nrouting: { defaultModel: *a }',
  'models: [{ id: fast, targets: ["${CANARY}/m"] }]',
])('refuses %j and says nothing of the value', async (text) => {
  const before = file.text;
  const { before: seen } = await gateway.gateway.control.handlers['config.plan']({
    text: 'server: { port: 0 }',
  });
  for (const answer of [await plan(text), await gateway.call('config.import', { text, before: seen })]) {
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'invalid_input', message: expect.stringContaining(': CANARY, or change') },
    });
    expect(JSON.stringify(answer)).not.toContain('canary');
  }
  expect(file.text).toBe(before);
});

it('takes what the file reads already, and tells of a secret that would be read', async () => {
  const text =
    'server: { port: 0, api_key: "${CANARY}" }\nrouting: { default_model: "${MODEL:-}", retries: 1 }\n';
  expect(await plan(text)).toMatchObject({
    ok: true,
    data: { risks: [{ kind: 'variables', what: ['server.api_key: CANARY'] }] },
  });
});
