import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ModelCatalogue } from '../../../contract/rpc/procedures/models.ts';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleCatalogue, sampleModel, sampleProvider, sampleStatus } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import { useGateway } from '../../shared/composables/useGateway.ts';
import Page from './Page.vue';

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
  });
  let finish: () => void = () => undefined;
  const { page, router } = await mountPage({ rpc, route, at });
  useGateway().follow();
  await flushPromises();
  return { rpc, page, router, answer: (next: typeof current) => (current = next), finish: () => finish() };
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
  document.body.replaceChildren();
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
    const { page, router } = await setUp(undefined, '/models?can=tools&usable=1&sort=-priceIn');
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
    expect(detail).toContain(`baseURL: 'http://127.0.0.1:8000/v1'`);
    expect(detail).toContain(`model: 'openai/gpt-5'`);
    expect(detail).toContain('smart');
  });

  it('says why a list could not be read', async () => {
    const [list] = sampleCatalogue(MODELS).lists;
    if (list === undefined) throw new Error('the sample has no list');
    const { page } = await setUp(
      sampleCatalogue(MODELS, { lists: [{ ...list, state: 'failed', problem: 'HTTP 401: no' }] }),
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
    const { page } = await setUp(undefined, '/models?q=nothing&usable=1');
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
