/** What the table of keys makes only when it is asked for. */
import { flushPromises } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleCatalogue, sampleKey, sampleProvider } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import KeyRow from './components/KeyRow.vue';
import Page from './Page.vue';
import { useProviders } from './store.ts';
import { useKeyActs } from './useKeyActs.ts';
import { useKeyWords } from './useKeyWords.ts';

const KEYS = Array.from({ length: 12 }, (_, index) => sampleKey({ id: `k-${index}`, label: `key ${index}` }));

// Hooks run from the last to the first: nothing may be mounted any more when the body is emptied.

describe('the table of keys', () => {
  it('has a field for a weight, among many, once somebody goes there, and saves what was typed', async () => {
    const rpc = createFakeRpc({ 'keys.update': () => sampleKey(), 'providers.list': () => [] });
    const row = defineComponent(() => {
      const words = useKeyWords();
      const acts = useKeyActs(() => 'openai');
      return () =>
        h(KeyRow, {
          provider: 'openai',
          entry: sampleKey(),
          now: 0,
          words,
          acts,
          check: undefined,
          chosen: false,
          busy: false,
          desktop: false,
          lazy: true,
          menuOpen: false,
        });
    });
    const { page } = await mountPage({ rpc, route: { path: '/', component: row }, at: '/' });
    expect(page.find('input[aria-label="Weight of main"]').exists()).toBe(false);
    await page.get('button[aria-label="Weight of main: 1"]').trigger('focus');
    const field = page.get('input[aria-label="Weight of main"]');
    expect(document.activeElement).toBe(field.element);
    await field.setValue('4');
    await field.trigger('blur');
    await flushPromises();
    expect(rpc.calls.filter(({ name }) => name === 'keys.update').map(({ input }) => input)).toEqual([
      { provider: 'openai', id: 'k-1', weight: 4 },
    ]);
    expect(page.find('button[aria-label="Weight of main: 1"]').exists()).toBe(true);
  });

  it('has one menu, at the row it was asked for, that goes with its row', async () => {
    const rpc = createFakeRpc({
      'providers.list': () => [sampleProvider({ keys: KEYS })],
      'models.list': () => sampleCatalogue([]),
    });
    const route = { path: '/providers/:id?', name: 'providers', component: Page };
    const { page } = await mountPage({ rpc, route, at: '/providers' });
    await useProviders().read();
    await flushPromises();
    const menus = (): string[] =>
      [...document.querySelectorAll('[role=menu]')].map((menu) => menu.getAttribute('aria-label') ?? '');
    expect(menus()).toEqual([]);
    const button = page.get('button[aria-label="Actions on key 2"]');
    await button.trigger('click');
    await vi.waitFor(() => expect(menus()).toEqual(['Actions on key 2']));
    expect(button.attributes('aria-expanded')).toBe('true');
    await page.get('input[aria-label="Filter keys"]').setValue('key 7');
    await vi.waitFor(() => expect(menus()).toEqual([]));
  });
});
