import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { ModelView } from '../../../contract/rpc/procedures/models.ts';
import type { KeyCheck, ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import { usePreferences } from '../../shared/composables/usePreferences.ts';
import { createFakeDesktop, type FakeDesktop } from '../../testing/fake-desktop.ts';
import { createFakeRpc, type Answers, type FakeRpc } from '../../testing/fake-rpc.ts';
import { sampleKey, sampleProvider, sampleRow, sampleStatus } from '../../testing/samples.ts';
import { sampleConnect, samplePlan, sampleTool } from '../../testing/sample-tool.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';

const route = { path: '/welcome', name: 'onboarding', component: Page };
const others = [
  { path: '/', name: 'overview', component: Page },
  { path: '/requests/:id?', name: 'requests', component: Page },
];

const KEY = 'sk-ant-canary-0123456789abcdef';

let providers: readonly ProviderView[];
let check: KeyCheck;
let clientKey: string;
beforeEach(() => {
  localStorage.clear();
  providers = [];
  check = { result: 'works', status: 200, message: null, took: 80 };
  clientKey = '';
});

const template = (id: string, name: string, needsKey = true) => ({
  id,
  name,
  endpoints: [
    {
      dialect: 'openai-chat',
      baseUrl: `https://${id}.example/v1`,
      finalUrl: `https://${id}.example/v1/chat/completions`,
    },
  ] as const,
  addressExample: null,
  needsKey,
  local: !needsKey,
  signUpUrl: needsKey ? `https://${id}.example/keys` : null,
});

const MODEL: ModelView = {
  id: 'anthropic/claude-haiku-4-5',
  provider: 'anthropic',
  providerName: 'Anthropic',
  model: 'claude-haiku-4-5',
  name: null,
  contextTokens: null,
  maxOutputTokens: null,
  price: null,
  capabilities: null,
  outputs: null,
  releasedAt: null,
  usable: true,
  local: false,
  aliases: [],
  demo: false,
  favourite: false,
};

async function open(more: Answers = {}, desktop?: FakeDesktop): Promise<{ page: VueWrapper; rpc: FakeRpc }> {
  const rpc = createFakeRpc({
    'gateway.status': () => sampleStatus({ secretStore: 'keychain' }),
    'providers.list': () => providers,
    'providers.templates': () => [
      template('openai', 'OpenAI'),
      template('anthropic', 'Anthropic'),
      template('ollama', 'Ollama', false),
    ],
    'providers.add': ({ id }) => {
      const added = sampleProvider({ id, name: id === 'anthropic' ? 'Anthropic' : id, keys: [] });
      providers = [...providers, id === 'ollama' ? { ...added, needsKey: false } : added];
      return added;
    },
    'keys.add': ({ provider, value }) => {
      const key = sampleKey({ id: 'k-new', fingerprint: `…${value.slice(-4)}` });
      providers = providers.map((one) => (one.id === provider ? { ...one, keys: [key] } : one));
      return { key, storage: 'stored' };
    },
    'keys.check': () => check,
    'keys.remove': ({ provider }) => {
      providers = providers.map((one) => (one.id === provider ? { ...one, keys: [] } : one));
      return { undo: null };
    },
    'models.list': () => ({
      models: providers.length === 0 ? [] : [MODEL],
      lists: [],
      aliases: [],
      pricesAsOf: '2026-11-20',
    }),
    'settings.list': () => ({
      settings: [
        {
          path: 'server.api_key',
          value: clientKey,
          default: '',
          changed: clientKey !== '',
          secret: true,
          lockedBy: null,
        },
      ],
      configFile: '',
      dataFolder: '',
      logBytes: 0,
    }),
    ...more,
  });
  const { page } = await mountPage({
    rpc,
    route,
    others,
    at: '/welcome',
    ...(desktop === undefined ? {} : { desktop }),
  });
  await flushPromises();
  return { page, rpc };
}

const steps = (page: VueWrapper): readonly string[] =>
  page.findAll('ol > li').map((step) => step.get('h2').text());
async function addKey(page: VueWrapper, key: string): Promise<void> {
  await page.get('input[type=password]').setValue(key);
  await page.get('form').trigger('submit');
  await flushPromises();
}
async function press(page: VueWrapper, words: string): Promise<void> {
  const found = page.findAll('button').find((button) => button.text() === words);
  if (found === undefined) throw new Error(`There is no button ${words}.`);
  await found.trigger('click');
  await flushPromises();
}

describe('the first step', () => {
  it('knows whose key it is, adds it, checks it, and keeps nothing of it on the page', async () => {
    const { page, rpc } = await open();
    expect(steps(page)).toEqual([
      'Add a key Current step',
      'Point a tool at it Later',
      'See the first request Later',
    ]);
    await page.get('input[type=password]').setValue(KEY);
    expect(page.get('select').element.value).toBe('anthropic');
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(rpc.calls.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['providers.add', 'keys.add', 'keys.check']),
    );
    expect(steps(page)[0]).toBe('Anthropic key added Done');
    const text = page.findAll('ol > li')[0]?.text() ?? '';
    for (const fact of ['…cdef', 'Key accepted', '11 models', 'In the keychain of this computer']) {
      expect(text).toContain(fact);
    }
    expect(document.body.innerHTML).not.toContain(KEY);
  });

  it('tells what the provider said of a refused key, and takes another in its place', async () => {
    check = { result: 'refused', status: 401, message: 'Anthropic said: invalid x-api-key', took: 80 };
    const { page } = await open();
    await addKey(page, KEY);
    expect(page.text()).toContain('Key refused');
    expect(page.text()).toContain('invalid x-api-key');
    await press(page, 'Use another key');
    expect(providers[0]?.keys).toEqual([]);
    check = { result: 'works', status: 200, message: null, took: 80 };
    await addKey(page, 'sk-ant-the-right-one-0000');
    expect(page.text()).toContain('Key accepted');
  });

  it('goes on when the check itself fails, and says so', async () => {
    const { page } = await open({
      'keys.check': () => {
        throw new RpcError('unavailable', 'The proxy refuses.');
      },
    });
    await addKey(page, KEY);
    expect(page.text()).toContain('The key could not be checked');
    expect(page.text()).toContain('The proxy refuses.');
    expect(steps(page)[1]).toBe('Point a tool at it Current step');
  });

  it('asks for the key when there is none, and not at all where none is needed', async () => {
    const { page, rpc } = await open();
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(page.text()).toContain('Paste the key.');
    await page.get('select').setValue('ollama');
    expect(page.find('input[type=password]').exists()).toBe(false);
    expect(page.get('button[type=submit]').text()).toBe('Add Ollama');
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(rpc.calls.some(({ name }) => name === 'keys.add')).toBe(false);
    expect(steps(page)[0]).toBe('ollama is ready Done');
  });

  it('offers keys of the environment on the desktop, and takes only those that are chosen', async () => {
    const found = [
      {
        variable: 'OPENAI_API_KEY',
        provider: 'openai',
        providerName: 'OpenAI',
        fingerprint: '…1111',
        count: 1,
      },
      { variable: 'GROQ_API_KEY', provider: 'groq', providerName: 'Groq', fingerprint: '…2222', count: 2 },
    ];
    const desktop = createFakeDesktop({
      'imports.found': () => found,
      'imports.take': () => {
        providers = [sampleProvider()];
        return { taken: 1, skipped: [] };
      },
    });
    const { page } = await open({}, desktop);
    expect(page.text()).toContain('Import 3 keys');
    await page.findAll('input[type=checkbox]')[1]?.trigger('change');
    await press(page, 'Import key');
    expect(desktop.calls).toContainEqual({ name: 'imports.take', input: { variables: ['OPENAI_API_KEY'] } });
    expect(steps(page)[0]).toBe('OpenAI key added Done');
  });
});

describe('the second step', () => {
  it('names address, key and model, in the form that is asked for', async () => {
    providers = [sampleProvider({ id: 'anthropic', name: 'Anthropic' })];
    const { page } = await open();
    expect(page.text()).toContain('http://127.0.0.1:8000/v1');
    expect(page.text()).toContain('anything, for example local');
    expect(page.get('pre').text()).toContain('"model":"anthropic/claude-haiku-4-5"');
    await press(page, 'Python');
    expect(page.get('pre').text()).toContain('base_url="http://127.0.0.1:8000/v1"');
  });

  it('leaves a place for the client key where tools need one', async () => {
    providers = [sampleProvider()];
    clientKey = '…9999';
    const { page } = await open();
    expect(page.text()).toContain('your client key, …9999');
    expect(page.get('pre').text()).toContain('YOUR_CLIENT_KEY');
  });
});

describe('a tool that was found', () => {
  const COPY = { name: 'config.toml.1', of: '~/.codex/config.toml', at: 1, existed: true };
  const CODEX = sampleTool({
    id: 'codex',
    name: 'Codex',
    files: ['~/.codex/config.toml'],
    slots: [{ id: 'main', current: null, required: true }],
  });

  async function found(more: Answers = {}) {
    providers = [sampleProvider({ id: 'anthropic', name: 'Anthropic' })];
    const opened = await open({
      'connect.list': () => sampleConnect([CODEX, sampleTool({ state: 'not-found' })]),
      'connect.plan': () => samplePlan(),
      'connect.apply': ({ order }) =>
        order.does === 'connect' ? { ...CODEX, state: 'connected', backups: [COPY] } : CODEX,
      ...more,
    });
    const sent = () =>
      opened.rpc.calls.filter(({ name }) => name === 'connect.apply').map(({ input }) => input);
    return { ...opened, sent };
  }

  it('is connected after a look at the change, and taken back', async () => {
    const { page, sent } = await found();
    expect(page.text()).not.toContain('Claude Code');
    expect(page.find('pre').exists()).toBe(false);
    await press(page, 'Connect');
    expect(page.get('figure').text()).toContain('ANTHROPIC_BASE_URL');
    expect(sent()).toEqual([]);
    await press(page, 'Write change');
    expect(sent()).toEqual([
      {
        tool: 'codex',
        order: { does: 'connect', models: { main: 'anthropic/claude-haiku-4-5' }, ownKey: true },
        version: 'v1',
      },
    ]);
    expect(page.text()).toContain('Connected');
    await press(page, 'Undo');
    expect(sent()[1]).toMatchObject({ order: { does: 'restore', backup: 'config.toml.1' } });
    expect(page.text()).not.toContain('Connected');
  });

  it('that cannot be written says why, and snippets are a press away', async () => {
    const { page } = await found({
      'connect.apply': () => {
        throw new RpcError('unavailable', '~/.codex/config.toml is read-only.');
      },
    });
    await press(page, 'Connect');
    await press(page, 'Write change');
    expect(page.text()).toContain('Nothing was written. ~/.codex/config.toml is read-only.');
    await press(page, 'Another tool, or by hand');
    expect(page.get('pre').text()).toContain('curl');
  });
});

describe('the third step', () => {
  it('waits for a request and shows it as it runs and ends', async () => {
    providers = [sampleProvider()];
    const { page, rpc } = await open();
    await press(page, 'Continue');
    expect(steps(page)[2]).toBe('See the first request Current step');
    expect(page.text()).toContain('Waiting for a request.');
    const now = Date.now() + 1_000;
    rpc.emit({ topic: 'requests.changed', data: [sampleRow(1, { startedAt: now - 60_000 })] });
    await flushPromises();
    expect(page.text()).toContain('Waiting for a request.');
    rpc.emit({
      topic: 'requests.changed',
      data: [sampleRow(2, { startedAt: now, outcome: 'live', doneAt: null, app: 'Cline' })],
    });
    await flushPromises();
    expect(page.text()).toContain('A request arrived and is being answered');
    rpc.emit({ topic: 'requests.changed', data: [sampleRow(2, { startedAt: now, app: 'Cline' })] });
    await flushPromises();
    expect(steps(page)[2]).toBe('See the first request Done');
    const text = page.findAll('ol > li')[2]?.text() ?? '';
    for (const fact of ['Cline', 'gpt-5-mini', 'openai', '320 ms', '1.50 s']) expect(text).toContain(fact);
  });

  it('sends one from here and shows what came back', async () => {
    providers = [sampleProvider()];
    const { page, rpc } = await open({
      'playground.chat': (_, tell) => {
        tell({ kind: 'text-delta', text: 'Hello' });
        tell({ kind: 'text-delta', text: ' there' });
        return {
          requestId: 'req_2',
          outcome: 'ok',
          status: 200,
          provider: 'openai',
          model: 'gpt-5-mini',
          keyFingerprint: '…a1b2',
          attempts: 1,
          firstContentAt: 300,
          doneAt: 900,
          tokens: null,
          cost: null,
          warnings: [],
          finishReason: 'stop',
          error: null,
        };
      },
    });
    await press(page, 'Continue');
    await press(page, 'Send a test request');
    expect(rpc.calls.at(-1)).toEqual({
      name: 'playground.chat',
      input: {
        model: 'anthropic/claude-haiku-4-5',
        messages: [{ role: 'user', text: 'Say hello in one short sentence.' }],
      },
    });
    expect(page.text()).toContain('Hello there');
  });

  it('tells a request that failed as one', async () => {
    providers = [sampleProvider()];
    const { page, rpc } = await open();
    rpc.emit({
      topic: 'requests.changed',
      data: [sampleRow(3, { startedAt: Date.now() + 1_000, outcome: 'error', errorCode: 'key_rejected' })],
    });
    await flushPromises();
    expect(page.text()).toContain('A request arrived and failed');
    expect(page.text()).toContain('key refused');
  });
});

it('is left for good with one press', async () => {
  const { page } = await open();
  expect(usePreferences().welcomed).toBe('no');
  await press(page, 'Skip');
  expect(usePreferences().welcomed).toBe('yes');
  expect(localStorage.getItem('switchyard.welcomed')).toBe('yes');
});
