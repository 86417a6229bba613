/** What the page shows of limits, shared accounts, background checks and cool-downs beyond one key. */
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleCatalogue, sampleKey, sampleProvider } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';
import { useProviders } from './store.ts';

const route = { path: '/providers/:id?', name: 'providers', component: Page };

async function setUp(changes: Partial<ProviderView>, refuses = false, more: readonly ProviderView[] = []) {
  let provider = sampleProvider(changes);
  const rpc = createFakeRpc({
    'providers.list': () => [provider, ...more],
    'models.list': () => sampleCatalogue([]),
    'keys.clear': () => ({ cleared: 1 }),
    'providers.update': ({ strategy = 'weighted' }) => {
      if (refuses) throw new RpcError('locked', 'The file cannot be written.');
      return (provider = { ...provider, strategy });
    },
  });
  const { page } = await mountPage({ rpc, route, at: '/providers' });
  await useProviders().read();
  await flushPromises();
  return {
    page,
    called: (name: string) => rpc.calls.filter((call) => call.name === name).map(({ input }) => input),
  };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the strategy of a provider', () => {
  it('is chosen from a list', async () => {
    const { page, called } = await setUp({});
    const select = page.get<HTMLSelectElement>('select');
    expect(select.element.value).toBe('weighted');
    await select.setValue('round-robin');
    await flushPromises();
    expect(called('providers.update')).toEqual([{ id: 'openai', strategy: 'round-robin' }]);
    expect(select.element.value).toBe('round-robin');
  });

  it('stays what it is when the gateway refuses another', async () => {
    const { page } = await setUp({}, true);
    const select = page.get<HTMLSelectElement>('select');
    await select.setValue('priority');
    await flushPromises();
    expect(select.element.value).toBe('weighted');
  });
});

describe('cool-downs', () => {
  it('of several providers are ended together', async () => {
    const keys = [sampleKey({ state: 'cooling', reason: 'rate_limited', status: 429, coolingFor: 90_000 })];
    const find = (page: Awaited<ReturnType<typeof setUp>>['page']) =>
      page.findAll('button').find((one) => one.text() === 'Clear cooling in all providers');
    const alone = await setUp({ keys });
    expect(find(alone.page)).toBeUndefined();
    alone.page.unmount();
    const { page, called } = await setUp({ keys }, false, [
      sampleProvider({ id: 'groq', name: 'Groq', keys }),
    ]);
    await find(page)?.trigger('click');
    await flushPromises();
    expect(called('keys.clear')).toEqual([{}]);
  });

  it('of many keys are summed up, told one by one on demand, and ended together', async () => {
    const keys = Array.from({ length: 150 }, (_, index) =>
      sampleKey({
        id: `k${index}`,
        label: `key ${index}`,
        state: 'cooling',
        scope: 'key',
        coolingFor: 90_000 + index,
      }),
    );
    const { page, called } = await setUp({ keys });
    const notes = () => page.text().match(/Only this key cools/g)?.length ?? 0;
    const press = async (name: string): Promise<void> => {
      await page
        .findAll('button')
        .find((one) => one.text() === name)
        ?.trigger('click');
      await flushPromises();
    };
    expect(page.text()).toContain('150 cool-downs; the first ends at');
    expect(notes()).toBe(0);
    await press('Show each');
    expect(notes()).toBe(100);
    expect(page.text()).toContain('50 more');
    await press('Show fewer');
    expect(notes()).toBe(0);
    await press('Clear all');
    expect(called('keys.clear')).toEqual([{ provider: 'openai' }]);
  });

  it('of a whole provider are told once, with what the check found, and ended at once', async () => {
    const cooling = {
      state: 'cooling',
      scope: 'provider',
      reason: 'overloaded',
      coolingFor: 90_000,
      probe: { at: Date.now(), result: 'limited', verdict: 'still-cooling' },
    } as const;
    const keys = [sampleKey(cooling), sampleKey({ ...cooling, id: 'k-2', label: 'spare' })];
    const { page, called } = await setUp({ keys });
    expect(page.text().split('The whole provider cools')).toHaveLength(2);
    expect(page.text()).toMatch(/A check without cost at [\d:]+ found no change\./);
    expect(page.get('[role=row][aria-rowindex="2"]').text()).toContain('whole provider');
    expect(page.get('[role=row][aria-rowindex="2"]').text()).toContain('Limited');
    await page.get('[aria-label="Clear what cools: OpenAI"]').trigger('click');
    await flushPromises();
    expect(called('keys.clear')).toEqual([{ provider: 'openai', id: 'k-1' }]);
  });

  it('of a model leave the key ready, and say so in row, card and note', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const model = { model: 'gpt-5', reason: 'rate_limited', scope: 'model', coolingFor: 61_000 } as const;
    const { page } = await setUp({ keys: [sampleKey({ models: [model] }), sampleKey({ id: 'k-2' })] });
    expect(page.get('[role=row][aria-rowindex="2"]').text()).toContain('Ready1 model cooling');
    expect(page.get('[aria-current=true]').text()).toContain('1 model cooling');
    const note = page
      .get('[aria-label="Clear what cools: gpt-5 · main …a1b2"]')
      .element.closest('.rounded-md');
    expect(note?.textContent).toContain('1:01');
    expect(page.text()).toContain('Other models are not affected.');
  });
});

it('keys of one account are told', async () => {
  const { page } = await setUp({
    keys: [
      sampleKey({ sharesAccountWith: ['k-2'] }),
      sampleKey({ id: 'k-2', label: 'spare', fingerprint: '…9f3c', sharesAccountWith: ['k-1'] }),
    ],
  });
  expect(page.text()).toContain('main …a1b2, spare …9f3c belong to one account');
});

describe('limits', () => {
  const card = '[aria-label="Limits"]';

  it('are not there while nobody set or told one', async () => {
    const { page } = await setUp({});
    expect(page.find(card).exists()).toBe(false);
  });

  it('set here and told by the provider stand together, with the time until they are whole', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const now = Date.now();
    const quota = [
      { name: 'tokens', limit: 250_000, remaining: 12_000, resetsAt: now + 42_000, seenAt: now },
      { name: 'requests', limit: 60, remaining: 0, resetsAt: now - 1_000, seenAt: now - 61_000 },
      { name: 'unheard-of', limit: null, remaining: 7, resetsAt: null, seenAt: now },
    ];
    const { page } = await setUp({ keys: [sampleKey({ rpm: 60, tpm: 90_000, quota })] });
    const text = page.get(card).text();
    expect(text).toContain('60 requests and 90,000 tokens a minute, set here');
    expect(text).toContain('12,000 / 250,000');
    expect(text).toContain('0:42');
    const rows = page.findAll(`${card} tbody tr`).map((row) => row.text());
    expect(rows[1]).toContain('now');
    expect(rows[2]).toContain('unheard-of');
    // A figure whose time is over is no measure of what is left.
    expect(page.findAll(`${card} [role=meter]`).map((meter) => meter.attributes('aria-valuenow'))).toEqual([
      '5',
    ]);
  });
});
