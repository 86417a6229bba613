import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h, ref } from 'vue';
import { useShortcuts } from '../../shared/composables/useShortcuts.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleCatalogue, sampleModel, sampleRow } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import Palette from './Palette.vue';

const done: string[] = [];
const open = ref(false);
const Frame = defineComponent(() => {
  useShortcuts([
    { keys: ['Mod+2'], label: 'pages.requests', everywhere: true, act: () => done.push('requests') },
    { keys: [], label: 'status.pause', words: 'stop', everywhere: true, act: () => done.push('pause') },
    {
      keys: [],
      label: 'status.resume',
      everywhere: true,
      available: () => false,
      act: () => done.push('no'),
    },
    { keys: ['j', 'k'], label: 'shortcuts.step', act: (event) => done.push(event.key) },
    { keys: ['/'], label: 'shortcuts.filter', act: () => done.push('filter') },
  ]);
  return () => [
    h('button', { id: 'opener' }, 'open'),
    h(Palette, { open: open.value, 'onUpdate:open': (to: boolean) => (open.value = to) }),
  ];
});

let page: VueWrapper;
const rpc = createFakeRpc({
  'models.list': () =>
    sampleCatalogue([
      sampleModel({ id: 'openai/gpt-5', aliases: ['fast-lane'] }),
      sampleModel({ id: 'openai/o9', name: null }),
    ]),
  'requests.list': () => ({ rows: [sampleRow(7)], total: 1, totalIsExact: true, next: null }),
});

/** Calls before this test. */
let earlier = 0;

beforeEach(async () => {
  done.length = 0;
  earlier = rpc.calls.length;
  open.value = false;
  localStorage.clear();
  ({ page } = await mountPage({
    rpc,
    route: { path: '/', name: 'overview', component: Frame },
    at: '/',
    others: ['requests', 'models', 'routing'].map((name) => ({
      path: `/${name}/:id?`,
      name,
      component: Frame,
    })),
  }));
});
afterEach(() => {
  page.unmount();
});

const one = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`There is no ${selector}.`);
  return found;
};
const options = (): readonly string[] =>
  [...document.querySelectorAll('[role=option]')].map((option) =>
    option.textContent.replaceAll(/\s+/g, ' ').trim(),
  );
const chosen = (): string | undefined =>
  document.querySelector('[role=option][aria-selected=true]')?.textContent.trim();
async function show(): Promise<void> {
  one('#opener').focus();
  open.value = true;
  await flushPromises();
}
async function type(text: string): Promise<void> {
  const input = one('[role=combobox]');
  if (input instanceof HTMLInputElement) input.value = text;
  input.dispatchEvent(new Event('input'));
  await flushPromises();
}
async function press(key: string): Promise<void> {
  one('[role=combobox]').dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
  );
  await flushPromises();
}

describe('the palette', () => {
  it('reads nothing before it opens, and shows what can be done here', async () => {
    expect(rpc.calls.slice(earlier)).toEqual([]);
    await show();
    expect(options()).toEqual(['RequestsCtrl 2', 'Filter the list/', 'Pause the gateway']);
    const asked = rpc.calls.slice(earlier).map(({ name }) => name);
    expect(asked.toSorted()).toEqual(['conversations.list', 'models.list', 'requests.list']);
    expect(one('[role=dialog]').textContent).toContain('Conversations could not be read.');
  });

  it('finds, tells how many, and names the chosen one to the field', async () => {
    await show();
    await type('o9');
    expect(options()).toEqual([expect.stringContaining('openai/o9')]);
    expect(one('[role=dialog] [role=status]').textContent).toBe('1 result');
    const id = one('[role=combobox]').getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(id)?.textContent).toContain('openai/o9');
    await type('no such thing');
    expect(one('[role=dialog]').textContent).toContain('Nothing fits “no such thing”.');
    expect(one('[role=combobox]').hasAttribute('aria-activedescendant')).toBe(false);
  });

  it('finds an alias by its name', async () => {
    await show();
    await type('fast-lane');
    expect(options()).toEqual([expect.stringContaining('fast-laneopenai/gpt-5')]);
  });

  it('finds by the other language, and by its first letters', async () => {
    await show();
    await vi.waitFor(async () => {
      await type('暂停');
      expect(options()).toEqual(['Pause the gateway']);
    }, 20_000);
    await type('ztwg');
    expect(options()).toEqual(['Pause the gateway']);
  });

  it('moves round with the arrows, and to both ends', async () => {
    await show();
    await press('ArrowUp');
    expect(chosen()).toBe('Pause the gateway');
    await press('ArrowDown');
    expect(chosen()).toContain('Requests');
    await press('End');
    expect(chosen()).toBe('Pause the gateway');
    await press('Home');
    expect(chosen()).toContain('Requests');
  });

  it('runs what is chosen once the focus is back, and has it above the next time', async () => {
    await show();
    await type('pause');
    await press('Enter');
    await expect.poll(() => done).toEqual(['pause']);
    expect(document.activeElement?.id).toBe('opener');
    await show();
    expect(options()[0]).toBe('Pause the gateway');
    expect(one('[role=group]').textContent).toContain('Used lately');
  });

  it('opens a request that is not in the list by its id', async () => {
    await show();
    await type('req_abcdefgh23456789mnpq');
    expect(options()).toEqual(['Open request req_abcdefgh23456789mnpq']);
  });
});
