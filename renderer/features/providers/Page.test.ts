import { remark } from '../../../contract/rpc/remarks/remark.ts';
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ModelListState } from '../../../contract/rpc/procedures/models.ts';
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleCatalogue, sampleKey, sampleProvider } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';
import { useProviders } from './store.ts';

const route = { path: '/providers/:id?', name: 'providers', component: Page };

async function setUp(providers: readonly ProviderView[], lists: readonly ModelListState[] = []) {
  const rpc = createFakeRpc({
    'providers.list': () => providers,
    'models.list': () => sampleCatalogue([], { lists }),
    'keys.add': ({ value }) => ({
      key: sampleKey({ fingerprint: `…${value.slice(-4)}` }),
      storage: 'memory',
    }),
    'keys.update': () => sampleKey(),
    'keys.clear': () => ({ cleared: 1 }),
    'providers.update': () => sampleProvider(),
  });
  const { page, router } = await mountPage({ rpc, route, at: '/providers' });
  await useProviders().read();
  await flushPromises();
  return {
    rpc,
    page,
    router,
    called: (name: string) => rpc.calls.filter((call) => call.name === name).map(({ input }) => input),
  };
}
const button = (page: VueWrapper, name: string) =>
  page.findAll('button').find((one) => one.text() === name || one.attributes('aria-label') === name);
const dialog = (): HTMLElement | null => document.querySelector('[role=dialog]');
const dialogButton = (name: string): HTMLElement | undefined =>
  [...(dialog()?.querySelectorAll('button') ?? [])].find(({ textContent }) => textContent === name);

afterEach(() => {
  vi.useRealTimers();
});

describe('the providers page', () => {
  it('says of one that is not there that it is not, shows no other in its place, and leads back', async () => {
    const { page, router } = await setUp([sampleProvider()]);
    await router.push('/providers/nosuch');
    await flushPromises();
    expect(page.text()).toContain('There is no provider “nosuch” here');
    expect(page.find('h2').exists()).toBe(false);
    await button(page, 'Show all providers')?.trigger('click');
    await flushPromises();
    expect(router.currentRoute.value.params['id']).toBeFalsy();
    expect(page.get('h2').text()).toBe('OpenAI');
  });

  it('begins with the first provider', async () => {
    const { page } = await setUp([]);
    expect(page.text()).toContain('No providers yet');
    expect(button(page, 'Add your first provider')).toBeDefined();
  });

  it('shows reason, words and time left of a key that cools, and ends it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const key = sampleKey({
      state: 'cooling',
      reason: 'rate_limited',
      status: 429,
      coolingFor: 222_000,
      message: 'Slow down',
    });
    const { page, called } = await setUp([sampleProvider({ keys: [key] })]);
    const row = page.get('[role=row][aria-rowindex="2"]').text();
    expect(row).toContain('429, rate limited');
    expect(row).toContain('3:42');
    expect(page.text()).toContain('OpenAI said: “Slow down”');
    await button(page, 'Clear the cool-down of main')?.trigger('click');
    await flushPromises();
    expect(called('keys.clear')).toEqual([{ provider: 'openai', id: 'k-1' }]);
  });

  it('leaves keys of the environment alone and says why', async () => {
    const key = sampleKey({ source: 'environment', variable: 'OPENAI_API_KEY', locked: true });
    const { page } = await setUp([sampleProvider({ keys: [key] })]);
    expect(page.get('input[aria-label="Use key main"]').attributes('disabled')).toBeDefined();
    expect(page.find('input[aria-label="Weight of main"]').exists()).toBe(false);
    expect(page.text()).toContain('Keys from OPENAI_API_KEY are changed or removed in the environment');
  });

  it('marks keys that are forgotten at the next start', async () => {
    const { page } = await setUp([sampleProvider({ keys: [sampleKey({ source: 'memory' })] })]);
    expect(page.text()).toContain('1 key is kept in memory only');
  });

  it('adds pasted keys, each with its weight, and never shows one', async () => {
    const { page, called } = await setUp([sampleProvider()]);
    await button(page, 'Add key')?.trigger('click');
    await flushPromises();
    const area = dialog()?.querySelector('textarea');
    if (area === null || area === undefined) throw new Error('The dialog has no field for keys.');
    const submit = async (text: string): Promise<void> => {
      area.value = text;
      area.dispatchEvent(new Event('input'));
      dialog()
        ?.querySelector('form')
        ?.dispatchEvent(new Event('submit', { cancelable: true }));
      await flushPromises();
    };
    await submit('sk two');
    expect(dialog()?.textContent).toContain('Line 1');
    expect(dialog()?.textContent).toContain('a space, or a letter that keys do not have');
    expect(called('keys.add')).toEqual([]);
    await submit('sk-one,sk-two:3\nsk three');
    expect(area.value).toBe('sk three');
    expect(dialog()?.textContent).toContain('Mend them and add again');
    await submit('');
    expect(dialog()?.textContent).toContain('Paste the key.');
    dialogButton('Cancel')?.click();
    await flushPromises();
    expect(called('keys.add')).toEqual([
      { provider: 'openai', value: 'sk-one', weight: 1 },
      { provider: 'openai', value: 'sk-two', weight: 3 },
    ]);
    expect(dialog()).toBeNull();
    expect(document.body.textContent).not.toContain('sk-one');
  });

  it('changes a weight on Enter and refuses what is none', async () => {
    const { page, called } = await setUp([sampleProvider()]);
    const input = page.get('input[aria-label="Weight of main"]');
    await input.setValue('0');
    await input.trigger('keydown', { key: 'Enter' });
    await flushPromises();
    expect(called('keys.update')).toEqual([]);
    await input.setValue('2.5');
    await input.trigger('keydown', { key: 'Enter' });
    await flushPromises();
    expect(called('keys.update')).toEqual([{ provider: 'openai', id: 'k-1', weight: 2.5 }]);
  });

  it('warns that a new address clears the stored keys, and shows where requests would go', async () => {
    const { page, called } = await setUp([sampleProvider()]);
    await button(page, 'Edit name and address')?.trigger('click');
    await flushPromises();
    const address = dialog()?.querySelectorAll('input')[1];
    if (address === undefined) throw new Error('The dialog has no field for the address.');
    address.value = 'http://192.168.1.5/v1';
    address.dispatchEvent(new Event('input'));
    await flushPromises();
    expect(dialog()?.textContent).toContain('http://192.168.1.5/v1/chat/completions');
    expect(dialog()?.textContent).toContain('A new address clears the 1 stored key');
    dialog()?.querySelector<HTMLInputElement>('[type=checkbox]')?.click();
    await flushPromises();
    dialogButton('Save');
    dialog()
      ?.querySelector('form')
      ?.dispatchEvent(new Event('submit', { cancelable: true }));
    await flushPromises();
    expect(called('providers.update')).toEqual([
      { id: 'openai', baseUrl: 'http://192.168.1.5/v1', allowPrivateNetwork: true },
    ]);
  });

  it.each([
    ['taken back', true],
    ['given', false],
  ])('the permission to ask a private address is %s without moving', async (_, allowsPrivateNetwork) => {
    const near = { ...sampleProvider(), baseUrl: 'http://192.168.1.5/v1', allowsPrivateNetwork };
    const { page, called } = await setUp([near]);
    await button(page, 'Edit name and address')?.trigger('click');
    await flushPromises();
    const box = dialog()?.querySelector<HTMLInputElement>('[type=checkbox]');
    expect(box?.checked).toBe(allowsPrivateNetwork);
    box?.click();
    await flushPromises();
    dialog()
      ?.querySelector('form')
      ?.dispatchEvent(new Event('submit', { cancelable: true }));
    await flushPromises();
    expect(called('providers.update')).toEqual([
      { id: 'openai', allowPrivateNetwork: !allowsPrivateNetwork },
    ]);
  });

  it('a permission that stays is not sent, and a public address is not asked about', async () => {
    const near = { ...sampleProvider(), baseUrl: 'http://192.168.1.5/v1', allowsPrivateNetwork: true };
    const { page, called } = await setUp([near]);
    await button(page, 'Edit name and address')?.trigger('click');
    await flushPromises();
    const address = dialog()?.querySelectorAll('input')[1];
    if (address === undefined) throw new Error('The dialog has no field for the address.');
    const move = async (to: string): Promise<void> => {
      address.value = to;
      address.dispatchEvent(new Event('input'));
      await flushPromises();
    };
    await move('https://api.example.com/v1');
    expect(dialog()?.querySelector('[type=checkbox]')).toBeNull();
    await move('http://192.168.1.6/v1');
    expect(dialog()?.querySelector('[type=checkbox]')).not.toBeNull();
    dialog()
      ?.querySelector('form')
      ?.dispatchEvent(new Event('submit', { cancelable: true }));
    await flushPromises();
    expect(called('providers.update')).toEqual([{ id: 'openai', baseUrl: 'http://192.168.1.6/v1' }]);
  });

  it('does not count the models of a list that was never read, and says why it was not', async () => {
    const list = {
      provider: 'openai',
      providerName: 'OpenAI',
      state: 'failed',
      count: 0,
      readAt: null,
      problem: remark('name-unresolved'),
    } as const;
    const { page } = await setUp([sampleProvider({ modelCount: null })], [list]);
    const card = page
      .findAll('section')
      .find((one) => one.find('h3').exists() && one.get('h3').text() === 'Models');
    expect(card?.text()).toContain('–List could not be read');
    expect(card?.text()).not.toContain('0');
    expect(card?.text()).toContain('The name cannot be resolved.');
  });

  it('marks the demo and offers nothing to change about it', async () => {
    const { page } = await setUp([
      sampleProvider({ id: 'demo', name: 'Demo', demo: true, keys: [], needsKey: false }),
    ]);
    expect(page.text()).toContain('This provider is part of Switchyard.');
    expect(button(page, 'Add key')).toBeUndefined();
    expect(page.find('[role=switch]').exists()).toBe(false);
  });
});
