import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestOverview, RequestRow } from '../../../contract/log/row.ts';
import type { GatewayStatus } from '../../../contract/rpc/procedures/gateway.ts';
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import { useGateway } from '../../shared/composables/useGateway.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import {
  NOON,
  pageOf,
  sampleKey,
  sampleOverview,
  sampleProvider,
  sampleRow,
  sampleStatus,
} from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';

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
  document.body.replaceChildren();
});

async function setUp(options: {
  overview?: Partial<RequestOverview>;
  rows?: RequestRow[];
  providers?: ProviderView[];
  status?: Partial<GatewayStatus>;
}) {
  const state = { status: sampleStatus(options.status), overview: sampleOverview(options.overview) };
  const { rows = [], providers = [sampleProvider()] } = options;
  const rpc = createFakeRpc({
    'gateway.status': () => state.status,
    'gateway.pause': ({ paused }) => (state.status = sampleStatus({ state: paused ? 'paused' : 'running' })),
    'requests.overview': () => state.overview,
    'requests.list': (query) => pageOf(rows, query),
    'providers.list': () => providers,
    'keys.clear': () => ({ cleared: 1 }),
    'budgets.list': () => [],
  });
  const { page, router } = await mountPage({ rpc, route, others, at: '/' });
  useGateway().follow();
  await flushPromises();
  const button = (name: string) => {
    const found = page.findAll('button').find((one) => one.text() === name);
    if (found === undefined) throw new Error(`There is no button ${name}.`);
    return found;
  };
  return { rpc, page, router, state, button };
}

const busy: Partial<RequestOverview> = {
  requests: 2_741,
  finished: 2_740,
  succeeded: 2_702,
  retried: 12,
  tokens: { input: 81_300_000, cacheRead: 73_983_000, cacheWrite: 0, output: 402_000, reasoning: 0 },
  duration: { p50: 4_200, p95: 14_900 },
  firstContent: { p50: 1_020, p95: 3_100 },
  models: [{ model: 'gpt-5', provider: 'openai', requests: 812, failed: 3, tokens: 17_900 }],
  apps: [{ app: 'Claude Code', requests: 1_604, failed: 0 }],
  failures: [sampleRow(7, { outcome: 'error', status: 502, errorCode: 'upstream_error' })],
};

describe('the overview', () => {
  it('does not say that nothing is wrong while nobody answers, and offers no pause', async () => {
    const { rpc, page, button } = await setUp({});
    expect(page.text()).toContain('Nothing is wrong');
    rpc.connection.value = 'reconnecting';
    await flushPromises();
    expect(page.text()).not.toContain('Nothing is wrong');
    expect(button('Pause the gateway').attributes('disabled')).toBeDefined();
  });

  it('tells the figures of today, and asks for them since midnight', async () => {
    const { rpc, page } = await setUp({ overview: busy });
    const text = page.text();
    for (const figure of [
      '2,741',
      '12 retried',
      '98.6%',
      '38 failed',
      '81.3M',
      '91% from cache',
      '402k',
      '1.02',
      'p95 3.10 s',
      '4.20',
      'p95 14.9 s',
    ]) {
      expect(text).toContain(figure);
    }
    const midnight = new Date(NOON).setHours(0, 0, 0, 0);
    expect(rpc.calls.find(({ name }) => name === 'requests.overview')?.input).toEqual({
      since: midnight,
      bucket: 3_600_000,
    });
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
      status: { problems: [{ code: 'log_unhealthy', message: 'The disk is full.' }] },
    });
    const pane = page.get('aside').text();
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

  it('leads from a figure to its requests', async () => {
    const { page } = await setUp({ overview: busy });
    const links = page.findAll('a').map((link) => link.attributes('href'));
    for (const place of [
      '/requests?show=failover',
      '/requests?show=failed',
      '/requests/req_7?show=failed',
      '/requests?model=gpt-5&provider=openai',
      '/requests?app=Claude+Code',
    ]) {
      expect(links).toContain(place);
    }
    expect(page.text()).toContain('upstream error');
  });

  it('reads again when requests come, at most once a second, and follows the newest', async () => {
    const { rpc, page, state } = await setUp({ overview: busy, rows: [sampleRow(1)] });
    const asked = (): number => rpc.calls.filter(({ name }) => name === 'requests.overview').length;
    const before = asked();
    for (let sequence = 2; sequence < 40; sequence += 1) {
      rpc.emit({ topic: 'requests.changed', data: [sampleRow(sequence, { modelAsked: `m${sequence}` })] });
      await vi.advanceTimersByTimeAsync(50);
    }
    state.overview = sampleOverview({ ...busy, requests: 2_800 });
    await vi.advanceTimersByTimeAsync(2_000);
    await flushPromises();
    expect(asked() - before).toBeLessThanOrEqual(4);
    expect(page.text()).toContain('2,800');
    expect(page.get('aside').text()).toContain('m39');
    expect(page.get('aside').text()).not.toContain('m20');
  });

  it('keeps what it shows and says so when the log cannot be read', async () => {
    const { rpc, page, state } = await setUp({ overview: busy });
    Object.defineProperty(state, 'overview', {
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
