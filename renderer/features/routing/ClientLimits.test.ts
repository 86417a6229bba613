import { flushPromises, type DOMWrapper } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { ClientView } from '../../../contract/rpc/procedures/clients.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';

const nothing = { render: () => null };
const route = { path: '/routing/:id?', name: 'routing', component: Page };
const others = [
  { path: '/settings/:section?', name: 'settings', component: nothing },
  { path: '/connect/:id?', name: 'connect', component: nothing },
  { path: '/requests/:id?', name: 'requests', component: nothing },
];

const KEY = 'sy-only-once-0123456789';
const CLIENT: ClientView = {
  id: 'ci',
  fingerprint: '…6789',
  optional: true,
  rpm: 0,
  maxConcurrency: 4,
  models: ['fast'],
  log: null,
  tool: null,
};

async function setUp(given: readonly ClientView[], refuse?: RpcError) {
  let clients = given;
  const rpc = createFakeRpc({
    'aliases.list': () => [],
    'routing.rules': () => [],
    'complexity.show': () => Promise.reject(new RpcError('unavailable', 'Not now.')),
    'budgets.list': () => [],
    'clients.list': () => clients,
    'clients.activity': () => [{ id: 'ci', lastRequestAt: Date.now() - 120_000, requestsToday: 1_204 }],
    'clients.add': ({ id }) => {
      if (refuse !== undefined) throw refuse;
      return { clients: (clients = [...clients, { ...CLIENT, id }]), key: KEY };
    },
    'clients.update': async ({ id, rpm }) => {
      if (refuse !== undefined) throw refuse;
      await Promise.resolve();
      return (clients = clients.map((client) =>
        client.id === id ? { ...client, rpm: rpm ?? client.rpm } : client,
      ));
    },
    'clients.rotate': () => ({ clients, key: KEY }),
    'clients.remove': ({ id }) => ({
      clients: (clients = clients.filter((client) => client.id !== id)),
      undo: 'u1',
    }),
    'clients.restore': () => (clients = given),
  });
  const { page } = await mountPage({ rpc, route, others, at: '/routing?tab=budgets' });
  await flushPromises();
  const called = (name: string) => rpc.calls.filter((call) => call.name === name).map(({ input }) => input);
  return { page, called };
}

const inDocument = (selector: string, name: string): HTMLElement => {
  const found = [...document.querySelectorAll(selector)].find(
    (one) => one.textContent.trim() === name || one.getAttribute('aria-label') === name,
  );
  if (!(found instanceof HTMLElement)) throw new Error(`There is no ${selector} ${name}.`);
  return found;
};
async function press(name: string): Promise<void> {
  inDocument('button', name).click();
  await flushPromises();
}
async function choose(item: string): Promise<void> {
  const button = inDocument('button', 'Actions of ci');
  button.dispatchEvent(new PointerEvent('pointerdown', { button: 0, bubbles: true }));
  button.click();
  await flushPromises();
  inDocument('[role=menuitem]', item).click();
  await flushPromises();
}
async function type(input: Omit<DOMWrapper<Element>, 'exists'>, text: string): Promise<void> {
  await input.setValue(text);
  await input.trigger('keydown', { key: 'Enter' });
  await flushPromises();
}
const dialog = (): HTMLElement => {
  const found = document.querySelector('[role=dialog]');
  if (!(found instanceof HTMLElement)) throw new Error('No dialog is open.');
  return found;
};
async function name(id: string): Promise<void> {
  const input = dialog().querySelector('input');
  if (input === null) throw new Error('There is no field.');
  input.value = id;
  input.dispatchEvent(new Event('input'));
  dialog().querySelector('form')?.requestSubmit();
  await flushPromises();
}

describe('clients', () => {
  it('show what they may do and did', async () => {
    const tool = { id: 'codex', name: 'Codex' } as const;
    const { page } = await setUp([CLIENT, { ...CLIENT, id: 'codex', tool, log: 'off', models: [] }]);
    const text = page.get('table[aria-label="Clients"]').text();
    for (const part of ['ci', '…6789', 'fast', '2 min ago', '1,204', 'Codex', 'Nothing', 'none yet']) {
      expect(text).toContain(part);
    }
  });

  it('are made, and their key is seen once', async () => {
    const { page, called } = await setUp([]);
    expect(page.text()).toContain('No clients yet');
    await press('Add client');
    await name('a b');
    expect(dialog().textContent).toContain('Letters, digits');
    expect(called('clients.add')).toEqual([]);
    await name('laptop');
    expect(called('clients.add')).toEqual([
      { id: 'laptop', optional: true, rpm: 0, maxConcurrency: 0, models: [], log: null },
    ]);
    expect(dialog().textContent).toContain(KEY);
    await press('I have kept it');
    expect(document.body.innerHTML).not.toContain(KEY);
    expect(page.get('table[aria-label="Clients"]').text()).toContain('laptop');
  });

  it('that are refused stay in the dialog, with the reason', async () => {
    await setUp([], new RpcError('locked', 'clients is set by a variable.'));
    await press('Add client');
    await name('laptop');
    expect(dialog().textContent).toContain('clients is set by a variable.');
  });

  it('tell before everybody is asked for a key', async () => {
    await setUp([CLIENT]);
    await press('Add client');
    expect(dialog().textContent).not.toContain('refused from then on');
    inDocument('[role=switch]', 'Ask every tool for a key').click();
    await flushPromises();
    expect(dialog().textContent).toContain('Tools without a key are refused from then on.');
  });

  it('get another key after a question', async () => {
    const { called } = await setUp([{ ...CLIENT, tool: { id: 'codex', name: 'Codex' } }]);
    await choose('New key');
    expect(called('clients.rotate')).toEqual([]);
    await press('New key');
    expect(called('clients.rotate')).toEqual([{ id: 'ci' }]);
    expect(document.body.textContent).toContain(KEY);
    expect(document.body.textContent).toContain('Codex still brings the old key.');
  });

  it('are removed at once, and come back', async () => {
    const { page, called } = await setUp([CLIENT]);
    await choose('Remove client');
    expect(page.text()).toContain('No clients yet');
    useToasts().toasts.at(-1)?.undo?.();
    await flushPromises();
    expect(called('clients.restore')).toEqual([{ undo: 'u1' }]);
    expect(page.get('table[aria-label="Clients"]').text()).toContain('ci');
  });

  it('have limits that are changed in place, and what is none is not taken', async () => {
    const { page, called } = await setUp([CLIENT]);
    const rpm = page.get('input[aria-label="Requests a minute of ci"]');
    await type(rpm, '1.5');
    expect(called('clients.update')).toEqual([]);
    await type(rpm, '60');
    expect(called('clients.update')).toEqual([{ id: 'ci', rpm: 60 }]);
    expect(rpm.element).toHaveProperty('value', '60');
  });

  it('show the limit that holds where another one could not be saved', async () => {
    const { page } = await setUp([CLIENT], new RpcError('unavailable', 'The disk is full.'));
    const rpm = page.get('input[aria-label="Requests a minute of ci"]');
    await type(rpm, '60');
    expect(rpm.element).toHaveProperty('value', '');
    expect(useToasts().toasts.at(-1)?.text).toBe('The disk is full.');
  });

  it('have each limit saved that is typed while another is on its way', async () => {
    const { page, called } = await setUp([CLIENT]);
    const rpm = page.get('input[aria-label="Requests a minute of ci"]');
    for (const text of ['60', '90']) {
      await rpm.setValue(text);
      await rpm.trigger('keydown', { key: 'Enter' });
    }
    await flushPromises();
    expect(called('clients.update')).toEqual([
      { id: 'ci', rpm: 60 },
      { id: 'ci', rpm: 90 },
    ]);
    expect(rpm.element).toHaveProperty('value', '90');
  });
});
