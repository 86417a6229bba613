/** The configuration as a whole, out of one gateway and into another. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NO_OVERRIDES } from '../config/overrides.ts';
import type { SecretStore } from '../core/ports.ts';
import { createMemorySecrets } from '../state/memory-secrets.ts';
import { ASK, ANSWER } from '../testing/openai-wire.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import {
  KEY_ONE,
  KEY_TWO,
  memoryFile,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
let file: ReturnType<typeof memoryFile>;
let copies: string[];
let secrets: SecretStore;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
  copies = [];
  secrets = createMemorySecrets();
  file = memoryFile(
    `# mine\nserver: { port: 0, api_key: sy-client-key-0001 }\nmonitoring: { webhook: { url: https://hooks.example/T0/secret-path } }\nproviders:\n${providerYaml('one', upstream.url, [KEY_ONE])}`,
  );
  const configFile = {
    ...file,
    read: () => Promise.resolve(file.text),
    keepCopy: (text: string) => {
      copies.push(text);
      return Promise.resolve('config.before-import-2026-11-26.yaml');
    },
  };
  gateway = await startTestGateway('', { configFile, overrides: NO_OVERRIDES, secrets });
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const procedures = () => gateway.gateway.control.handlers;
const exported = async (): Promise<string> => (await procedures()['config.export']({})).text;
async function bring(text: string) {
  const { before } = await procedures()['config.plan']({ text });
  return gateway.call('config.import', { text, before });
}
const chat = () => gateway.chat(ASK, { authorization: 'Bearer sy-client-key-0001' });

it('goes out without a secret, and comes back in as it was', async () => {
  const before = file.text;
  const text = await exported();
  expect(text).toContain('# mine');
  for (const secret of [KEY_ONE, 'sy-client-key-0001', 'secret-path']) expect(text).not.toContain(secret);
  const plan = await procedures()['config.plan']({ text });
  expect(plan.missing).toEqual([]);
  expect(plan.after).toBe(plan.before);
  expect(await bring(text)).toMatchObject({ ok: true, data: { missing: [] } });
  expect(file.text).toContain(KEY_ONE);
  expect(file.text).not.toContain('not-in-this-file');
  expect((await chat()).status).toBe(200);
  expect(copies).toEqual([before]);
});

it('shows what would change, changes it, and takes it back to the byte', async () => {
  const before = file.text;
  const text = (await exported()).replace('# mine', '# theirs\nrequests: { keep: { days: 7 } }');
  const plan = await procedures()['config.plan']({ text });
  expect(plan.before).not.toContain('days');
  expect(plan.after).toContain('days: 7');
  expect(plan.after).not.toContain(KEY_ONE);
  expect(file.text).toBe(before);
  expect(await bring(text)).toMatchObject({
    ok: true,
    data: { copy: 'config.before-import-2026-11-26.yaml' },
  });
  expect(gateway.gateway.config().requests.keep.days).toBe(7);
  expect(await gateway.call('config.undoImport')).toMatchObject({ ok: true });
  expect(file.text).toBe(before);
  expect(gateway.gateway.config().requests.keep.days).toBe(30);
  expect(await gateway.call('config.undoImport')).toMatchObject({ ok: false, error: { code: 'conflict' } });
});

it('names keys that are not here, and leaves the gateway locked where its own key is one of them', async () => {
  const other = (await exported())
    .replace('providers:', `providers:\n${providerYaml('two', upstream.url, [KEY_TWO])}`)
    .replaceAll(KEY_TWO, 'not-in-this-file');
  file.text = `providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}`;
  const { missing, before } = await procedures()['config.plan']({ text: other });
  expect(missing).toEqual(['server.api_key', 'monitoring.webhook.url', 'providers[two].keys[k1]']);
  expect(await gateway.call('config.import', { text: other, before })).toMatchObject({
    ok: true,
    data: { missing },
  });
  expect(file.text).not.toContain('not-in-this-file');
  expect((await chat()).status).toBe(401);
});

it.each([
  ['server: [', 'line'],
  ['server:\n  port: 8000\n  porrt: 1\n', 'line 3'],
  ['routing: { retries: many }', 'routing.retries (line 1)'],
])('refuses %j with the line, and changes nothing', async (text, words) => {
  const before = file.text;
  for (const name of ['config.plan', 'config.import']) {
    const answer = await gateway.call(name, { text, ...(name === 'config.plan' ? {} : { before: '' }) });
    expect(answer).toMatchObject({ ok: false });
  }
  const answer = await gateway.call('config.plan', { text });
  expect(answer).toMatchObject({ error: { code: 'invalid_input', message: expect.stringContaining(words) } });
  expect(file.text).toBe(before);
  expect(copies).toEqual([]);
});

it.each(['', '\n', '# notes of another program\n', 'null\n', '{}\n'])(
  'refuses %j, which would take every provider away',
  async (text) => {
    const before = file.text;
    for (const [name, more] of [
      ['config.plan', {}],
      ['config.import', { before: (await procedures()['config.plan']({ text: await exported() })).before }],
    ] as const)
      expect(await gateway.call(name, { text, ...more })).toMatchObject({
        ok: false,
        error: { code: 'invalid_input', message: 'There is no setting in this file.' },
      });
    expect(file.text).toBe(before);
  },
);

it('refuses to write over what was changed after it was looked at', async () => {
  const text = await exported();
  const { before } = await procedures()['config.plan']({ text });
  file.text = `${file.text ?? ''}# changed\n`;
  expect(await gateway.call('config.import', { text, before })).toMatchObject({
    ok: false,
    error: { code: 'conflict' },
  });
  expect(file.text).toContain('# changed');
});

it('tells what an import would open and hand over, secrets that an alias takes along among it', async () => {
  const text = (await exported())
    .replace('port: 0', 'port: 0, host: 0.0.0.0')
    .replace(/value: not-in-this-file/, 'value: &k not-in-this-file')
    .concat(
      '  - { id: evil, dialect: openai-chat, base_url: "https://evil.example", keys: [{ id: k1, value: *k }] }\n',
    );
  const { risks, after } = await procedures()['config.plan']({ text });
  expect(risks).toEqual([
    { kind: 'listens', what: ['0.0.0.0:0'] },
    { kind: 'keys-elsewhere', what: ['providers[evil].keys[k1].value ← providers[one].keys[k1].value'] },
  ]);
  expect(after).not.toContain(KEY_ONE);
});

it('finds a key that the store kept of a provider that is gone: it is not missing, and goes elsewhere', async () => {
  await secrets.set('gone/k1', KEY_TWO);
  const entry =
    '  - { id: gone, dialect: openai-chat, base_url: "https://evil.example", keys: [{ id: k1 }, { id: k2 }] }\n';
  const { risks, missing } = await procedures()['config.plan']({ text: (await exported()).concat(entry) });
  expect(missing).toEqual(['providers[gone].keys[k2]']);
  expect(risks).toEqual([{ kind: 'keys-elsewhere', what: ['gone: base_url → https://evil.example'] }]);
});

it('serves others between the steps of a large one', async () => {
  const text = await exported();
  let served = 0;
  let next = setImmediate(function serve() {
    served += 1;
    next = setImmediate(serve);
  });
  await procedures()['config.plan']({ text: `${text}\n${'# a note\n'.repeat(1_000)}` });
  clearImmediate(next);
  expect(served).toBeGreaterThanOrEqual(4);
});
