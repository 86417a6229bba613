/** Several keys at once, and taking a removal back. */
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { KeyView } from '../../../contract/rpc/procedures/providers.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleCatalogue, sampleKey, sampleProvider } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';
import { useProviders } from './store.ts';

const route = { path: '/providers/:id?', name: 'providers', component: Page };
const KEYS = [
  sampleKey({ id: 'a', label: 'one' }),
  sampleKey({ id: 'b', label: 'two', enabled: false, state: 'disabled' }),
  sampleKey({ id: 'c', label: 'three', state: 'cooling', coolingFor: 60_000 }),
  sampleKey({ id: 'd', label: 'four', locked: true, source: 'environment', variable: 'A_KEY' }),
];

async function setUp(keys: readonly KeyView[] = KEYS) {
  const rpc = createFakeRpc({
    'providers.list': () => [sampleProvider({ keys })],
    'providers.remove': () => ({ undo: 'u-provider' }),
    'providers.restore': () => null,
    'providers.duplicate': () => sampleProvider({ id: 'openai-2' }),
    'keys.removeSeveral': () => ({ undo: 'u-keys' }),
    'keys.enableSeveral': () => null,
    'keys.clear': () => ({ cleared: 1 }),
    'keys.check': () => ({ result: 'works', status: 200, message: null, took: 5 }),
    'models.list': () => sampleCatalogue([]),
  });
  const { page, router } = await mountPage({ rpc, route, at: '/providers' });
  await useProviders().read();
  await flushPromises();
  return {
    page,
    router,
    called: (name: string) => rpc.calls.filter((call) => call.name === name).map(({ input }) => input),
  };
}
async function choose(page: VueWrapper, name: string, shiftKey = false): Promise<void> {
  await page.get(`input[aria-label="Choose key ${name}"]`).trigger('click', { shiftKey });
}
async function press(page: VueWrapper, name: string): Promise<void> {
  const found = page
    .findAll('button')
    .find((one) => one.text() === name || one.attributes('aria-label') === name);
  if (found === undefined) throw new Error(`There is no button ${name}.`);
  await found.trigger('click');
  await flushPromises();
}
async function pick(item: string): Promise<void> {
  [...document.querySelectorAll<HTMLElement>('[role=menuitem]')]
    .find(({ textContent }) => textContent.trim() === item)
    ?.click();
  await flushPromises();
}

// Hooks run from the last to the first: nothing may be mounted any more when the body is emptied.

describe('keys that are chosen', () => {
  it('are switched, cleared and checked together, each act only where it applies', async () => {
    const { page, called } = await setUp();
    await choose(page, 'one');
    await choose(page, 'three', true);
    expect(page.text()).toContain('3 keys chosen');
    await press(page, 'Switch on 1');
    await press(page, 'Switch off 2');
    await press(page, 'Clear 1 cooling');
    await press(page, 'Check 2');
    expect(called('keys.enableSeveral')).toEqual([
      { provider: 'openai', ids: ['b'], enabled: true },
      { provider: 'openai', ids: ['a', 'c'], enabled: false },
    ]);
    const note = useToasts().toasts.find(({ title }) => title === '2 keys switched off');
    note?.undo?.();
    await flushPromises();
    expect(called('keys.enableSeveral').at(-1)).toEqual({
      provider: 'openai',
      ids: ['a', 'c'],
      enabled: true,
    });
    expect(called('keys.clear')).toEqual([{ provider: 'openai', id: 'c' }]);
    expect(called('keys.check')).toEqual([
      { provider: 'openai', id: 'a' },
      { provider: 'openai', id: 'c' },
    ]);
  });

  it('are removed at once, without those of the environment, and put back by the note', async () => {
    const { page, called } = await setUp();
    await page.get('input[aria-label="Choose all keys shown"]').trigger('click');
    expect(page.text()).toContain('1 from the environment stays as it is');
    await press(page, 'Remove 3 keys');
    expect(called('keys.removeSeveral')).toEqual([{ provider: 'openai', ids: ['a', 'b', 'c'] }]);
    const note = useToasts().toasts.at(-1);
    expect(note?.title).toBe('3 keys removed');
    note?.undo?.();
    await flushPromises();
    expect(called('providers.restore')).toEqual([{ undo: 'u-keys' }]);
    expect(useToasts().toasts.at(-1)?.title).toBe('Put back as it was');
  });

  it('are those in sight alone', async () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      sampleKey({ id: `k${index}`, label: index < 3 ? 'north' : 'south' }),
    );
    const { page, called } = await setUp(many);
    await page.get('input[aria-label="Choose all keys shown"]').trigger('click');
    await page.get('input[aria-label="Filter keys"]').setValue('North');
    expect(page.text()).toContain('3 keys chosen');
    await press(page, 'Remove 3 keys');
    expect(called('keys.removeSeveral')).toEqual([{ provider: 'openai', ids: ['k0', 'k1', 'k2'] }]);
  });
});

describe('a provider', () => {
  it('is removed at once and put back by the note', async () => {
    const { page, called } = await setUp(KEYS.slice(0, 1));
    await press(page, 'More');
    await pick('Remove provider');
    expect(called('providers.remove')).toEqual([{ id: 'openai' }]);
    useToasts().toasts.at(-1)?.undo?.();
    await flushPromises();
    expect(called('providers.restore')).toEqual([{ undo: 'u-provider' }]);
  });

  it('is doubled, and the new one shown', async () => {
    const { page, router, called } = await setUp();
    await press(page, 'More');
    await pick('Duplicate provider');
    expect(called('providers.duplicate')).toEqual([{ id: 'openai' }]);
    expect(router.currentRoute.value.params['id']).toBe('openai-2');
    expect(useToasts().toasts.at(-1)?.title).toBe('Duplicated as openai-2');
  });
});
