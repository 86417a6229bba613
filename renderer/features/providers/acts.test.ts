/** What the page asks of the gateway and of the desktop host beyond keeping providers and keys. */
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { KeyCheck, ModelTest, ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import type { Desktop } from '../../shared/rpc/desktop.ts';
import { Cancelled } from '../../shared/rpc/rpc.ts';
import { createFakeDesktop } from '../../testing/fake-desktop.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleCatalogue, sampleKey, sampleModel, sampleProvider } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';
import { useProviders } from './store.ts';

const route = { path: '/providers/:id?', name: 'providers', component: Page };
const others = [
  { path: '/models', name: 'models', component: Page },
  { path: '/requests/:id?', name: 'requests', component: Page },
];
const REFUSED: KeyCheck = { result: 'refused', status: 401, message: 'Incorrect API key', took: 80 };
const TEST: ModelTest = {
  ok: true,
  requestId: 'req_1',
  model: 'gpt-5-nano',
  status: 200,
  text: 'ready',
  keyFingerprint: '…a1b2',
  firstContentAt: 420,
  doneAt: 900,
  error: null,
};
const MODELS = [
  sampleModel(),
  sampleModel({
    id: 'openai/gpt-5-nano',
    model: 'gpt-5-nano',
    price: {
      input: 0.05,
      output: 0.4,
      cacheRead: null,
      cacheWrite: null,
      source: 'catalogue',
      tiered: false,
    },
  }),
  sampleModel({ id: 'openai/unpriced', model: 'unpriced', price: null }),
];

async function setUp(options: {
  providers?: readonly ProviderView[];
  check?: (id: string) => KeyCheck;
  test?: ModelTest;
  desktop?: Desktop;
}) {
  const { providers = [sampleProvider()], check = () => REFUSED, test = TEST, desktop } = options;
  const rpc = createFakeRpc({
    'providers.list': () => providers,
    'keys.check': ({ id }) => check(id),
    'keys.update': () => sampleKey(),
    'keys.clear': () => ({ cleared: 1 }),
    'models.list': () => sampleCatalogue(MODELS),
    'models.refresh': () => sampleCatalogue(MODELS.slice(0, 1)),
    'providers.test': async (_input, tell, signal) => {
      tell({ text: 'rea' });
      if (test.status === null) {
        await new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Cancelled()));
        });
      }
      return test;
    },
  });
  const at = { rpc, route, others, at: '/providers' };
  const { page, router } = await mountPage(desktop === undefined ? at : { ...at, desktop });
  await useProviders().read();
  await flushPromises();
  return {
    page,
    router,
    called: (name: string) => rpc.calls.filter((call) => call.name === name).map(({ input }) => input),
  };
}
const button = (page: VueWrapper, name: string) =>
  page.findAll('button').find((one) => one.text() === name || one.attributes('aria-label') === name);
async function press(page: VueWrapper, name: string): Promise<void> {
  const found = button(page, name);
  if (found === undefined) throw new Error(`There is no button ${name}.`);
  await found.trigger('click');
  await flushPromises();
}

describe('checks', () => {
  it('of one key: its row says what was found, a note the words of the provider', async () => {
    const { page, called } = await setUp({});
    await press(page, 'Check key main');
    expect(called('keys.check')).toEqual([{ provider: 'openai', id: 'k-1' }]);
    // Spoken as a sentence with its name, since somebody asked from here.
    expect(page.get('[aria-label="Keys"] + [aria-live=polite]').text()).toBe('Key main: Refused');
    expect(page.text()).toContain('OpenAI refuses this key.');
    expect(page.text()).toContain('401 “Incorrect API key”');
  });

  it('of the only key, asked for from above the table, is spoken too, by what was there before', async () => {
    const { page } = await setUp({});
    const live = page.get('[aria-label="Keys"] + [aria-live=polite]');
    expect(live.text()).toBe('');
    await press(page, 'Check keys');
    expect(live.text()).toBe('Key main: Refused');
    expect(page.findAll('[role=row] [aria-live]')).toEqual([]);
  });

  it('of several keys are not spoken one by one', async () => {
    const { page } = await setUp({
      providers: [sampleProvider({ keys: [sampleKey(), sampleKey({ id: 'k-2' })] })],
    });
    await press(page, 'Check keys');
    expect(page.get('[aria-label="Keys"] + [aria-live=polite]').text()).toBe('');
  });

  it('of a key that works again while it cools: the cool-down can be ended', async () => {
    const key = sampleKey({ state: 'cooling', reason: 'key_rejected', status: 401, coolingFor: 60_000 });
    const { page, called } = await setUp({
      providers: [sampleProvider({ keys: [key] })],
      check: () => ({ ...REFUSED, result: 'works', status: 200, message: null }),
    });
    await press(page, 'Check key main');
    expect(page.text()).toContain('works, but still cools from an earlier failure.');
    await press(page, 'Clear');
    expect(called('keys.clear')).toEqual([{ provider: 'openai', id: 'k-1' }]);
  });

  it('of all keys: those in use alone, and a sum at the end', async () => {
    const keys = [
      sampleKey(),
      sampleKey({ id: 'k-2' }),
      sampleKey({ id: 'k-3', state: 'disabled', enabled: false }),
    ];
    const { page, called } = await setUp({
      providers: [sampleProvider({ keys }), sampleProvider({ id: 'groq', name: 'Groq' })],
      check: (id) => (id === 'k-2' ? REFUSED : { ...REFUSED, result: 'works' }),
    });
    await press(page, 'Check all');
    expect(called('keys.check')).toHaveLength(3);
    expect(page.get('[aria-current=true]').text()).toContain('1 refused');
  });
});

describe('limits of a key', () => {
  it('are shown, and changed with its label', async () => {
    const { page, called } = await setUp({
      providers: [sampleProvider({ keys: [sampleKey({ inFlight: 3, maxConcurrency: 20 })] })],
    });
    expect(page.get('[role=row][aria-rowindex="2"]').text()).toContain('3 / 20');
    const editor = await openEditor(page);
    editor.fill('', '1', 'many');
    await editor.save();
    expect(document.body.textContent).toContain('A whole number up to 10,000');
    editor.fill('ci', '2', '', '1.5', '');
    await editor.save();
    expect(document.body.textContent).toContain('A whole number; empty for no limit');
    expect(called('keys.update')).toEqual([]);
    editor.fill('ci', '2', '', '60', '90000', 'a b');
    await editor.save();
    expect(document.body.textContent).toContain('Letters, digits, dot, dash and underscore, 64 at most');
    editor.fill('ci', '2', '', '60', '90000', 'work');
    await editor.save();
    const limits = { weight: 2, maxConcurrency: 0, rpm: 60, tpm: 90_000, account: 'work' };
    expect(called('keys.update')).toEqual([{ provider: 'openai', id: 'k-1', label: 'ci', ...limits }]);
  });
});

describe('the test of a model', () => {
  it('begins with the cheapest, tells what it costs, and shows how fast it was', async () => {
    const { page, router, called } = await setUp({});
    expect(page.text()).toContain('one real request of at most 16 tokens to OpenAI');
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(called('providers.test')).toEqual([{ provider: 'openai', model: 'gpt-5-nano' }]);
    const card = page.get('form').text();
    for (const text of ['Answered', '420 ms', '900 ms', '…a1b2', 'ready']) expect(card).toContain(text);
    await press(page, 'Show request');
    expect(router.currentRoute.value.fullPath).toBe('/requests/req_1');
  });

  it('shows what is written on the way, and stops', async () => {
    const { page } = await setUp({ test: { ...TEST, status: null } });
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(page.get('form').text()).toContain('Answering');
    expect(page.get('blockquote').text()).toBe('rea');
    await press(page, 'Stop');
    expect(button(page, 'Test model')).toBeDefined();
    expect(page.get('form').text()).not.toContain('Failed');
  });

  it.each([
    [6_000, 'Answered'],
    [6_001, 'Answered, slow'],
  ])('calls a model that shows something after %i ms: %s', async (firstContentAt, words) => {
    const { page } = await setUp({ test: { ...TEST, firstContentAt, doneAt: 7_000 } });
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(page.get('form [role=status]').text()).toMatch(new RegExp(`^${words}First token`));
  });

  it('says why it failed', async () => {
    const error = { code: 'upstream_credentials_rejected', message: 'OpenAI refused every key.' };
    const { page } = await setUp({ test: { ...TEST, ok: false, text: '', firstContentAt: null, error } });
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(page.get('form').text()).toContain('all keys refused');
    expect(page.get('form').text()).toContain('“OpenAI refused every key.”');
  });
});

describe('the model list', () => {
  it('says how it stands, is read again, and leads to the models', async () => {
    const { page, router, called } = await setUp({});
    await press(page, 'Read again');
    expect(called('models.refresh')).toEqual([{ provider: 'openai' }]);
    await press(page, 'Show models');
    expect(router.currentRoute.value.fullPath).toBe('/models?provider=openai');
  });
});

describe('secrets', () => {
  it('are never offered in a browser, and it says why', async () => {
    const { page } = await setUp({});
    expect(button(page, 'Copy key main')).toBeUndefined();
    expect(page.text()).toContain('Keys are never sent to the browser.');
  });

  it('are copied and shown by the desktop host', async () => {
    const asked: unknown[] = [];
    const desktop = createFakeDesktop({
      'imports.found': () => [],
      'keys.copy': (key) => {
        asked.push(['copy', key]);
        return { clearsAfter: 60_000 };
      },
      'keys.reveal': (key) => {
        asked.push(['reveal', key]);
        return null;
      },
    });
    const { page } = await setUp({ desktop });
    await press(page, 'Copy key main');
    await press(page, 'Show key main');
    const key = { provider: 'openai', id: 'k-1' };
    expect(asked).toEqual([
      ['copy', key],
      ['reveal', key],
    ]);
    expect(page.text()).not.toContain('Keys are never sent to the browser.');
  });

  it('found in the environment of the desktop are taken as chosen, or left for good', async () => {
    const asked: unknown[] = [];
    const found = ['OPENAI_API_KEY', 'GROQ_API_KEY'].map((variable) => ({
      variable,
      provider: variable.split('_')[0]?.toLowerCase() ?? '',
      providerName: variable,
      fingerprint: '…9999',
      count: 1,
    }));
    const desktop = createFakeDesktop({
      'imports.found': () => found,
      'imports.take': (input) => {
        asked.push(input);
        return { taken: 1, skipped: [] };
      },
      'imports.dismiss': (input) => {
        asked.push(input);
        return null;
      },
    });
    const { page } = await setUp({ desktop });
    expect(page.text()).toContain('2 variables with keys were found in the environment.');
    await page.findAll('label input[type=checkbox]')[1]?.setValue(false);
    await press(page, 'Import 1');
    await press(page, 'Do not ask again');
    expect(asked).toEqual([
      { variables: ['OPENAI_API_KEY'] },
      { variables: ['OPENAI_API_KEY', 'GROQ_API_KEY'] },
    ]);
    expect(page.text()).not.toContain('found in the environment');
  });
});

async function openEditor(page: VueWrapper) {
  await page.get('[aria-label="Actions on main"]').trigger('click');
  await flushPromises();
  const item = [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find(
    ({ textContent }) => textContent.trim() === 'Edit label and limits',
  );
  item?.click();
  await flushPromises();
  const form = document.querySelector<HTMLFormElement>('#edit-key');
  if (form === null) throw new Error('The dialog is not open.');
  const inputs = [...form.querySelectorAll('input')];
  return {
    fill: (...values: readonly string[]): void => {
      for (const [index, input] of inputs.entries()) {
        input.value = values[index] ?? '';
        input.dispatchEvent(new Event('input'));
      }
    },
    save: async (): Promise<void> => {
      form.dispatchEvent(new Event('submit', { cancelable: true }));
      await flushPromises();
    },
  };
}
