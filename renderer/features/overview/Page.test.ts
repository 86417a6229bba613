import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestRow } from '../../../contract/log/row.ts';
import type { Figures, Statistics } from '../../../contract/log/statistics.ts';
import type { GatewayStatus } from '../../../contract/rpc/procedures/gateway.ts';
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import { useGateway } from '../../shared/composables/useGateway.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import {
  NOON,
  pageOf,
  sampleFigures,
  sampleGroup,
  sampleKey,
  sampleProvider,
  sampleRow,
  sampleStatistics,
  sampleStatus,
} from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';

// A canvas needs a browser; what is drawn on it is tested as an option.
vi.mock('vue-echarts', () => ({
  default: { props: ['option'], template: '<div role="img" :aria-label="option.aria.label.description" />' },
}));

const route = { path: '/', name: 'overview', component: Page };
const others = ['requests', 'providers', 'routing', 'settings'].map((name) => ({
  path: `/${name}/:id?`,
  name,
  component: { render: () => null },
}));

beforeEach(() => {
  vi.useFakeTimers({
    now: NOON,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

async function setUp(options: {
  figures?: Partial<Figures>;
  before?: Partial<Figures>;
  at?: string;
  rows?: RequestRow[];
  providers?: ProviderView[];
  status?: Partial<GatewayStatus>;
}) {
  const state = { status: sampleStatus(options.status), figures: sampleFigures(options.figures) };
  const answer = (by: string | undefined): Statistics => {
    if (by === undefined) return sampleStatistics(sampleFigures(options.before));
    const groups = state.figures.requests === 0 ? [] : [sampleGroup(NAMES[by] ?? '', state.figures)];
    return sampleStatistics(state.figures, { groups });
  };
  const { rows = [], providers = [sampleProvider()] } = options;
  const rpc = createFakeRpc({
    'gateway.status': () => state.status,
    'gateway.pause': ({ paused }) => (state.status = sampleStatus({ state: paused ? 'paused' : 'running' })),
    'prices.status': () => ({
      source: 'bundled',
      asOf: '2026-11-20',
      models: 4_000,
      url: '',
      fetchedAt: null,
      problem: null,
    }),
    'statistics.read': ({ by }) => answer(by),
    'requests.list': (query) => {
      const failed = query.filter?.where?.some(({ field }) => field === 'failed') === true;
      return pageOf(failed ? rows.filter(({ outcome }) => outcome === 'error') : rows, query);
    },
    'providers.list': () => providers,
    'keys.clear': () => ({ cleared: 1 }),
    'budgets.list': () => [],
  });
  const { page, router } = await mountPage({ rpc, route, others, at: options.at ?? '/' });
  useGateway().follow();
  await flushPromises();
  // Charts are a chunk of their own.
  await vi.dynamicImportSettled();
  await flushPromises();
  const button = (name: string) => {
    const found = page.findAll('button').find((one) => one.text() === name);
    if (found === undefined) throw new Error(`There is no button ${name}.`);
    return found;
  };
  return { rpc, page, router, state, button };
}

const NAMES: Readonly<Record<string, string>> = { model: 'gpt-5', app: 'Claude Code', client: 'ci' };

const busy: Partial<Figures> = {
  requests: 2_741,
  succeeded: 2_703,
  errors: { upstream_error: 30, cut: 8 },
  retried: 12,
  cached: 7,
  tokens: { input: 81_300_000, cacheRead: 73_983_000, cacheWrite: 0, output: 402_000, reasoning: 0 },
  cost: 35_420_000_000_000,
  unpriced: 3,
  estimated: 5,
  duration: { p50: 4_200, p95: 14_900, p99: 30_000 },
  firstContent: { p50: 1_020, p95: 3_100, p99: 4_700 },
};
const failed = sampleRow(7, { outcome: 'error', status: 502, errorCode: 'upstream_error' });

describe('the overview', () => {
  it('does not say that nothing is wrong while nobody answers, and offers no pause', async () => {
    const { rpc, page, button } = await setUp({});
    expect(page.text()).toContain('Nothing is wrong');
    rpc.connection.value = 'reconnecting';
    await flushPromises();
    expect(page.text()).not.toContain('Nothing is wrong');
    expect(button('Pause the gateway').attributes('disabled')).toBeDefined();
  });

  it('tells the figures of today beside those of yesterday until this time', async () => {
    const before = { ...busy, requests: 2_447, succeeded: 2_437, cost: 31_320_000_000_000 };
    const { rpc, page } = await setUp({ figures: busy, before });
    const text = page.text();
    for (const figure of [
      '2,741',
      '+12%',
      '12 retried',
      'at least $35.42',
      'prices of 2026-11-20',
      '+$4.10',
      'estimated',
      '3 without a price',
      '5 estimated',
      '81.7M',
      '81.3M in, 402k out',
      '98.6%',
      '−1 pt',
      '38 failed',
      '91%',
      '7 from own cache',
      '1.02',
      'p95 3.10 s',
      '4.20',
      '14.9',
    ]) {
      expect(text).toContain(figure);
    }
    const midnight = new Date(NOON).setHours(0, 0, 0, 0);
    const asked = rpc.calls.filter(({ name }) => name === 'statistics.read').map(({ input }) => input);
    expect(asked[0]).toMatchObject({ from: midnight, until: NOON, by: 'model' });
    expect(asked[1]).toMatchObject({ from: new Date(midnight).setDate(new Date(midnight).getDate() - 1) });
  });

  it('says that a price is not known, never that nothing was paid', async () => {
    const { page } = await setUp({ figures: { ...busy, cost: 0, unpriced: 2_741 } });
    expect(page.text()).toContain('2,741 without a price');
    expect(page.text()).not.toContain('$0.00');
  });

  it('is narrowed by its address, everywhere', async () => {
    const at = '/?range=7d&provider=openai&by=app&compare=no';
    const { rpc, page, router } = await setUp({ figures: busy, at });
    const asked = rpc.calls.filter(({ name }) => name === 'statistics.read').map(({ input }) => input);
    expect(asked).toMatchObject(
      ['app', 'model', 'client'].map((by) => ({ by, only: { provider: ['openai'] } })),
    );
    await page.get('[aria-label="Any instead of provider OpenAI"]').trigger('click');
    await flushPromises();
    expect(router.currentRoute.value.query).toEqual({ range: '7d', by: 'app', compare: 'no' });
    const last = rpc.calls.filter(({ name }) => name === 'statistics.read').at(-1)?.input;
    expect(last).toMatchObject({ only: {} });
    expect(last).not.toMatchObject({ only: { provider: ['openai'] } });
  });

  it('tells each chart as a table, too', async () => {
    const { page, button } = await setUp({ figures: busy });
    expect(page.find('[role=img][aria-label="Cost over time: at least $35.42 in all."]').exists()).toBe(true);
    await page.get('[aria-label="Cost over time: show as table"]').trigger('click');
    const table = page.get('[role=group][aria-label="Cost over time"] table');
    expect(table.text()).toContain('gpt-5');
    expect(table.text()).toContain('$35.42');
    await button('First token').trigger('click');
    expect(page.find('[role=img][aria-label*="1.02 s"]').exists()).toBe(true);
  });

  it('says what to do first while nothing was ever asked', async () => {
    const { page } = await setUp({});
    expect(page.text()).toContain('First steps');
    expect(page.text()).toContain('A provider is ready to answer.');
    expect(page.text()).toContain('curl http://127.0.0.1:8000/v1/chat/completions');
  });

  it('shows zeros, not the first steps, on a quiet day', async () => {
    const { page } = await setUp({ rows: [sampleRow(1)] });
    expect(page.text()).not.toContain('First steps');
    expect(page.text()).toContain('No request failed.');
  });

  it('pauses and resumes, and says what that means', async () => {
    const { rpc, page, button } = await setUp({});
    await button('Pause the gateway').trigger('click');
    await flushPromises();
    expect(rpc.calls.at(-1)).toEqual({ name: 'gateway.pause', input: { paused: true } });
    expect(page.text()).toContain('Tools are answered 503 until you resume.');
    await button('Resume the gateway').trigger('click');
    await flushPromises();
    expect(rpc.calls.at(-1)).toEqual({ name: 'gateway.pause', input: { paused: false } });
  });

  it('has the act beside each problem, and ends a cool-down', async () => {
    const keys = [
      sampleKey({
        id: 'a',
        label: 'main',
        state: 'cooling',
        reason: 'key_rejected',
        status: 401,
        message: 'Incorrect API key',
      }),
      sampleKey({ id: 'b', label: 'spare', state: 'cooling', reason: 'rate_limited', coolingFor: 213_000 }),
    ];
    const { rpc, page, button } = await setUp({
      providers: [
        sampleProvider({ keys }),
        sampleProvider({ id: 'xai', name: 'xAI', keys: [], problem: 'no_key' }),
      ],
      status: {
        problems: [
          {
            code: 'log_unhealthy',
            message: 'The disk is full.',
            told: { code: 'as-said', values: { message: 'The disk is full.' }, text: 'The disk is full.' },
          },
        ],
      },
    });
    const pane = page.get('aside').text();
    // The figure of the status bar.
    expect(pane).toMatch(/^Problems\s*3\D/);
    expect(pane).toContain('The disk is full.');
    expect(pane).toContain('OpenAI refuses its key');
    expect(pane).toContain('401 “Incorrect API key” for …a1b2');
    expect(pane).toContain('xAI has no key');
    expect(pane).toContain('3:33');
    await button('Clear all cooling').trigger('click');
    expect(rpc.calls.some(({ name, input }) => name === 'keys.clear' && JSON.stringify(input) === '{}')).toBe(
      true,
    );
  });

  it('names a provider that cools as a whole once, and ends that with one key', async () => {
    const keys = ['a', 'b', 'c'].map((id) =>
      sampleKey({ id, state: 'cooling', scope: 'provider', reason: 'overloaded', coolingFor: 30_000 }),
    );
    const { rpc, page } = await setUp({ providers: [sampleProvider({ keys })] });
    expect(page.get('aside').text()).toContain('3 keys');
    await page.get('[aria-label="Clear what cools: OpenAI"]').trigger('click');
    await flushPromises();
    expect(rpc.calls.filter(({ name }) => name === 'keys.clear').map(({ input }) => input)).toEqual([
      { provider: 'openai', id: 'a' },
    ]);
  });

  it('names the first of many keys that cool, and leads to the others', async () => {
    const keys = Array.from({ length: 12 }, (_, index) =>
      sampleKey({ id: `k${index}`, state: 'cooling', reason: 'rate_limited', coolingFor: 30_000 + index }),
    );
    const { page } = await setUp({ providers: [sampleProvider({ keys })] });
    expect(page.findAll('[aria-label^="Clear what cools"]')).toHaveLength(8);
    expect(page.get('aside a[href="/providers"]').text()).toBe('4 more cool');
  });

  it('leads from a figure to its requests', async () => {
    const { page } = await setUp({ figures: busy, rows: [failed] });
    const links = page.findAll('a').map((link) => link.attributes('href'));
    for (const place of [
      '/requests?q=time:today',
      '/requests?q=time:today+is:retried',
      '/requests?q=time:today+is:failed',
      '/requests?q=time:today+is:unpriced',
      '/requests/req_7?q=time:today+is:failed',
      '/requests?q=time:today+served:gpt-5',
      '/requests?q=time:today+app:%22Claude+Code%22',
    ]) {
      expect(links).toContain(place);
    }
    expect(page.text()).toContain('upstream error');
  });

  it('leads from the share that succeeded to what succeeded; failures have a link of their own', async () => {
    const { page } = await setUp({ figures: busy });
    const placeOf = (name: string) =>
      page
        .findAll('dl a')
        .find((link) => link.text() === name)
        ?.attributes('href');
    expect(placeOf('Succeeded')).toBe('/requests?q=time:today+is:ok');
    expect(placeOf('38 failed')).toBe('/requests?q=time:today+is:failed');
  });

  it('has no definition and no cell without a word, however little there is to tell', async () => {
    for (const options of [{ figures: busy }, { rows: [sampleRow(1)] }]) {
      const { page } = await setUp(options);
      expect(page.findAll('dl dd').length).toBeGreaterThan(0);
      expect(page.findAll('dl dd, dl dt, table th, table td').filter((one) => one.text() === '')).toEqual([]);
      page.unmount();
    }
  });

  it('says what share of all requests each name has', async () => {
    const { page } = await setUp({ figures: busy });
    const row = page.findAll('table tr').find((one) => one.find('th').text() === 'Claude Code');
    expect(row?.findAll('td').map((cell) => cell.text())).toEqual(['2,741', '100%', 'at least $35.42']);
  });

  it('reads again when requests come, at most every few seconds, and follows the newest', async () => {
    const { rpc, page, state } = await setUp({ figures: busy, rows: [sampleRow(1)] });
    const asked = (): number => rpc.calls.filter(({ name }) => name === 'statistics.read').length;
    const before = asked();
    for (let sequence = 2; sequence < 40; sequence += 1) {
      rpc.emit({ topic: 'requests.changed', data: [sampleRow(sequence, { modelAsked: `m${sequence}` })] });
      await vi.advanceTimersByTimeAsync(50);
    }
    state.figures = sampleFigures({ ...busy, requests: 2_800 });
    await vi.advanceTimersByTimeAsync(4_000);
    await flushPromises();
    expect(asked() - before).toBeLessThanOrEqual(2 * before);
    expect(page.text()).toContain('2,800');
    expect(page.get('aside').text()).toContain('m39');
    expect(page.get('aside').text()).not.toContain('m20');
  });

  it('keeps what it shows and says so when the log cannot be read', async () => {
    const { rpc, page, state } = await setUp({ figures: busy });
    Object.defineProperty(state, 'figures', {
      get: () => {
        throw new Error('The request log cannot be read.');
      },
    });
    rpc.emit({ topic: 'requests.cleared', data: null });
    await flushPromises();
    expect(page.text()).toContain('The request log cannot be read.');
    expect(page.text()).toContain('2,741');
  });
});
