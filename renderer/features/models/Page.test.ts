import { quoted } from '../../../contract/rpc/remarks/remark.ts';
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ModelCatalogue } from '../../../contract/rpc/procedures/models.ts';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleCatalogue, sampleModel, sampleProvider, sampleStatus } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import { useGateway } from '../../shared/composables/useGateway.ts';
import Page from './Page.vue';

const Empty = { render: () => null };
const others = [
  { path: '/routing/:id?', name: 'routing', component: Empty },
  { path: '/providers/:id?', name: 'providers', component: Empty },
  { path: '/requests/:id?', name: 'requests', component: Empty },
  { path: '/playground', name: 'playground', component: Empty },
];
const route = { path: '/models/:id?', name: 'models', component: Page };
const MODELS = [
  sampleModel({ aliases: ['smart'] }),
  sampleModel({ id: 'openai/gpt-5-mini', model: 'gpt-5-mini', price: null, capabilities: null }),
  sampleModel({
    id: 'or/openai/gpt-5',
    model: 'openai/gpt-5',
    provider: 'or',
    providerName: 'Router',
    usable: false,
  }),
];

async function setUp(answer: ModelCatalogue | (() => never) = sampleCatalogue(MODELS), at = '/models') {
  let current = answer;
  const rpc = createFakeRpc({
    'models.list': () => (typeof current === 'function' ? current() : current),
    'models.refresh': async (_input, tell, signal) => {
      tell({ done: 1, of: 2 });
      await new Promise<void>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new RpcError('internal', 'taken back')));
        finish = resolve;
      });
      return sampleCatalogue(MODELS.slice(0, 1));
    },
    'gateway.status': () => sampleStatus(),
    'providers.list': () => [sampleProvider()],
    'models.measured': () => ({
      from: 0,
      models: [
        { id: 'openai/gpt-5', requests: 8, succeeded: 7, firstContent: 412, duration: 2_000, cost: 3e12 },
      ],
    }),
    'models.favourite': ({ model, favourite }) => {
      if (refusal !== null) throw refusal;
      return { favourites: favourite ? [model] : [] };
    },
    'models.correct': ({ model }) => {
      if (refusal !== null) throw refusal;
      return sampleModel({ id: model });
    },
  });
  let refusal: RpcError | null = null;
  let finish: () => void = () => undefined;
  const { page, router } = await mountPage({ rpc, route, others, at });
  useGateway().follow();
  await flushPromises();
  return {
    rpc,
    page,
    router,
    answer: (next: typeof current) => (current = next),
    finish: () => finish(),
    refuse: (error: RpcError) => (refusal = error),
  };
}
const names = (page: VueWrapper): readonly string[] =>
  page
    .findAll('[role=rowgroup]:last-child [role=row] .column-model > :first-child')
    .map((cell) => cell.text());
const button = (page: VueWrapper, name: string) =>
  page.findAll('button').find((one) => one.text() === name || one.attributes('aria-label') === name);
const press = (page: VueWrapper, key: string) => page.get('[role=grid]').trigger('keydown', { key });

beforeEach(() => {
  // happy-dom lays nothing out; the virtual list draws what fits into this.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1_000);
});
afterEach(() => {
  vi.restoreAllMocks();
  sessionStorage.clear();
});

describe('the models page', () => {
  it('lists models with context and prices; what is not known is no zero', async () => {
    const { page } = await setUp();
    expect(names(page)).toEqual(['gpt-5', 'gpt-5-mini', 'openai/gpt-5']);
    const [first, second, third] = page.findAll('[role=rowgroup]:last-child [role=row]');
    expect(first?.text()).toContain('400k');
    expect(first?.text()).toContain('1.25');
    expect(first?.text()).toContain('smart');
    expect(second?.get('.column-in').text()).toBe('–');
    expect(third?.text()).toContain('Not usable');
  });

  it('narrows as the user types, and keeps that in the address', async () => {
    vi.useFakeTimers();
    const { page, router } = await setUp();
    await page.get('input[type=search]').setValue('mini');
    await vi.advanceTimersByTimeAsync(200);
    vi.useRealTimers();
    await flushPromises();
    expect(names(page)).toEqual(['gpt-5-mini']);
    expect(router.currentRoute.value.query).toEqual({ q: 'mini' });
  });

  it('begins with the filter of its address, shows each condition, and takes one out', async () => {
    const { page, router } = await setUp(undefined, '/models?can=tools&is=usable&sort=-priceIn');
    expect(names(page)).toEqual(['gpt-5']);
    await button(page, 'Remove filter Usable now')?.trigger('click');
    await flushPromises();
    expect(names(page)).toEqual(['gpt-5', 'openai/gpt-5']);
    expect(router.currentRoute.value.query).toEqual({ can: 'tools', sort: '-priceIn' });
  });

  it('sorts on a press of a column, turns the order, and ends it', async () => {
    const { page, router } = await setUp();
    const press = async () => {
      await button(page, 'Model')?.trigger('click');
      await flushPromises();
      return router.currentRoute.value.query['sort'];
    };
    expect([await press(), await press(), await press()]).toEqual(['model', '-model', undefined]);
  });

  it('opens a model from the keyboard, moves on with it, and closes', async () => {
    const { page, router } = await setUp();
    await press(page, 'ArrowDown');
    await press(page, 'Enter');
    await flushPromises();
    expect(router.currentRoute.value.params['id']).toBe('openai/gpt-5-mini');
    expect(page.get('h2').text()).toBe('gpt-5-mini');
    await press(page, 'ArrowUp');
    await flushPromises();
    expect(page.get('h2').text()).toBe('gpt-5');
    await button(page, 'Close')?.trigger('click');
    await flushPromises();
    expect(router.currentRoute.value.fullPath).toBe('/models');
  });

  it('shows who else serves a model, and how to ask for it here', async () => {
    const { page } = await setUp(undefined, '/models/openai%2Fgpt-5');
    const detail = page.get('section[aria-label="Model detail"]').text();
    expect(detail).toContain('Router');
    expect(detail).toContain(`baseURL: "http://127.0.0.1:8000/v1"`);
    expect(detail).toContain(`model: "openai/gpt-5"`);
    expect(detail).toContain('smart');
  });

  it('shows what was measured here, and that nothing was', async () => {
    const { page, router } = await setUp(undefined, '/models/openai%2Fgpt-5');
    expect(page.findAll('.column-first').map((cell) => cell.text())).toEqual(['First, s', '0.41', '–', '–']);
    const detail = page.get('section[aria-label="Model detail"]');
    expect(detail.text()).toContain('87.5%');
    const link = detail.findAll('a').find((one) => one.text() === 'Show requests');
    expect(link?.attributes('href')).toContain('served:gpt-5');
    await router.push('/models/or%2Fopenai%2Fgpt-5');
    await flushPromises();
    expect(page.text()).toContain('no request went to it in the last 7 days');
  });

  it('marks a favourite at once, and takes the star back where the gateway refuses', async () => {
    const { page, rpc, refuse } = await setUp();
    const star = () => button(page, 'Favourite openai/gpt-5')?.attributes('aria-pressed');
    await button(page, 'Favourite openai/gpt-5')?.trigger('click');
    expect(star()).toBe('true');
    await flushPromises();
    expect(star()).toBe('true');
    expect(rpc.calls.at(-1)).toEqual({
      name: 'models.favourite',
      input: { model: 'openai/gpt-5', favourite: true },
    });
    refuse(new RpcError('unavailable', 'The file is read-only.'));
    await button(page, 'Favourite openai/gpt-5')?.trigger('click');
    await flushPromises();
    expect(star()).toBe('true');
  });

  it('compares what was picked with Space, in the address, and comes back to the list', async () => {
    const { page, router } = await setUp(undefined, '/models?can=tools');
    await press(page, ' ');
    await press(page, 'ArrowDown');
    await press(page, ' ');
    await button(page, 'Compare 2')?.trigger('click');
    await flushPromises();
    expect(router.currentRoute.value.query['compare']).toEqual(['openai/gpt-5', 'or/openai/gpt-5']);
    expect(page.get('h1').text()).toBe('Compare models');
    expect(page.findAll('thead th')).toHaveLength(2);
    expect(page.text()).toContain('≠First token, median of 7 days');
    await button(page, 'Take or/openai/gpt-5 out of the comparison')?.trigger('click');
    await flushPromises();
    expect(page.findAll('thead th')).toHaveLength(1);
    await button(page, 'Back')?.trigger('click');
    await flushPromises();
    expect(router.currentRoute.value.query).toEqual({ can: 'tools' });
    expect(button(page, 'Compare 1')).toBeDefined();
  });

  it('a link brings its comparison along, and says which model is not there', async () => {
    const { page } = await setUp(undefined, '/models?compare=openai/gpt-5&compare=gone/model');
    expect(page.findAll('thead th')).toHaveLength(1);
    expect(page.text()).toContain('Not among your models: gone/model');
  });

  it('the cost of an example follows what is typed', async () => {
    const { page } = await setUp(undefined, '/models?compare=openai/gpt-5&compare=openai/gpt-5-mini');
    const line = () => page.findAll('tr').find((row) => row.text().startsWith('≠Cost of the example'));
    expect(line()?.text()).toContain('$0.0225');
    await page.get('input[aria-label="Input tokens of the example"]').setValue('1,000,000');
    await page.get('input[aria-label="Output tokens of the example"]').setValue('0');
    await flushPromises();
    expect(line()?.text()).toContain('$1.25');
  });

  it('corrects a price, shows both, and takes it back', async () => {
    const known = { ...sampleModel().price, source: 'override', input: 2, output: 10 } as const;
    const own = sampleModel({
      price: { cacheRead: null, cacheWrite: null, tiered: false, ...known },
      corrected: { price: sampleModel().price },
    });
    const { page, rpc, answer, refuse } = await setUp(undefined, '/models/openai%2Fgpt-5');
    await button(page, 'Correct')?.trigger('click');
    await flushPromises();
    const dialog = document.querySelector('[role=dialog]');
    const field = [...(dialog?.querySelectorAll('label') ?? [])].find(
      ({ textContent }) => textContent === 'In, $',
    );
    const input = dialog?.querySelector<HTMLInputElement>(`[id="${field?.getAttribute('for') ?? ''}"]`);
    if (!input || !dialog) throw new Error('the dialog has no price');
    const type = async (text: string) => {
      input.value = text;
      input.dispatchEvent(new Event('input'));
      await flushPromises();
      dialog.querySelector('form')?.dispatchEvent(new Event('submit'));
      await flushPromises();
    };
    await type('two');
    expect(dialog.textContent).toContain('A number from 0 to 1,000,000');
    refuse(new RpcError('locked', 'Prices are set by a flag.'));
    await type('2');
    expect(dialog.textContent).toContain('Prices are set by a flag.');
    expect(rpc.calls.at(-1)?.input).toEqual({
      model: 'openai/gpt-5',
      price: { input: 2, output: 10, cache_read: 0.125 },
    });
    answer(sampleCatalogue([own]));
    rpc.emit({ topic: 'config.changed', data: null });
    await flushPromises();
    const section = page.get('section[aria-label="Your corrections"]').text();
    expect(section).toContain('2.00');
    expect(section).toContain('otherwise 1.25');
    await button(page, 'Undo the correction of In, $')?.trigger('click');
    expect(rpc.calls.at(-1)).toEqual({
      name: 'models.correct',
      input: { model: 'openai/gpt-5', price: null },
    });
  });

  it('says why a list could not be read', async () => {
    const [list] = sampleCatalogue(MODELS).lists;
    if (list === undefined) throw new Error('the sample has no list');
    const { page } = await setUp(
      sampleCatalogue(MODELS, { lists: [{ ...list, state: 'failed', problem: quoted('HTTP 401: no') }] }),
    );
    await button(page, '1 list failed')?.trigger('click');
    await flushPromises();
    expect(document.body.textContent).toContain('HTTP 401: no');
  });

  it('refreshes with progress', async () => {
    const { page, finish } = await setUp();
    await button(page, 'Refresh')?.trigger('click');
    await flushPromises();
    expect(page.text()).toContain('Reading 1 of 2');
    expect(page.get('[role=progressbar]').attributes('aria-valuenow')).toBe('1');
    finish();
    await flushPromises();
    expect(names(page)).toEqual(['gpt-5']);
    expect(button(page, 'Refresh')).toBeDefined();
  });

  it('follows what becomes usable, and lists that change', async () => {
    const { rpc, page, answer } = await setUp();
    rpc.emit({
      topic: 'providers.changed',
      data: [sampleProvider({ id: 'or', enabled: true, problem: null })],
    });
    await flushPromises();
    expect(page.text()).not.toContain('Not usable');
    answer(sampleCatalogue(MODELS.slice(1, 2)));
    rpc.emit({ topic: 'models.changed', data: null });
    await flushPromises();
    expect(names(page)).toEqual(['gpt-5-mini']);
  });

  it('tells the filter, not the user, that nothing matches', async () => {
    const { page } = await setUp(undefined, '/models?q=nothing&is=usable');
    expect(page.text()).toContain('No model matches these 2 filters.');
    await page
      .findAll('button')
      .findLast((one) => one.text() === 'Clear filters')
      ?.trigger('click');
    await flushPromises();
    expect(names(page)).toHaveLength(3);
  });

  it('says that there are none yet, or that they could not be read', async () => {
    const { page } = await setUp(sampleCatalogue([]));
    expect(page.text()).toContain('Models appear here once a provider is set up.');
    const failed = await setUp(() => {
      throw new RpcError('internal', 'The gateway failed.');
    });
    expect(failed.page.text()).toContain('The gateway failed.');
    failed.answer(sampleCatalogue(MODELS));
    await button(failed.page, 'Try again')?.trigger('click');
    await flushPromises();
    expect(names(failed.page)).toHaveLength(3);
  });
});
