import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { quoted } from '../../../contract/rpc/remarks/remark.ts';
import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { RequestPage, RequestRow } from '../../../contract/log/row.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { pageOf, sampleProvider, sampleRow, sampleStatus } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import { useGateway } from '../../shared/composables/useGateway.ts';
import Page from './Page.vue';
import { useRequests } from './store.ts';

const route = { path: '/requests/:id?', name: 'requests', component: Page };

async function setUp(options: {
  rows?: RequestRow[];
  at?: string;
  fail?: () => boolean;
  clientKey?: string;
  list?: (query: { readonly before?: number | undefined }) => RequestPage | Promise<RequestPage>;
}) {
  const { list, rows = [], at = '/requests', fail = () => false, clientKey = '' } = options;
  const rpc = createFakeRpc({
    'requests.list': (query) => {
      if (fail()) throw new Error('The log cannot be read.');
      return list?.(query) ?? pageOf(rows, query);
    },
    'requests.get': ({ id }) => {
      const row = rows.find((candidate) => candidate.id === id);
      if (row === undefined) throw new Error(`The log has no request ${id}.`);
      return row;
    },
    'requests.body': ({ part }) =>
      part === 'request'
        ? { state: 'stored', text: '{"model":"gpt","seed":12345678901234567890}', bytes: 43 }
        : { state: 'not-kept', text: '', bytes: 4_200 },
    'requests.statistics': () => ({
      total: 99,
      imported: 0,
      finished: 99,
      succeeded: 99,
      averageMilliseconds: 1,
      lastHour: 1,
    }),
    'requests.histogram': () => ({ from: 0, until: 0, bucket: 0, counts: [], exact: true }),
    'requests.answer': () => null,
    'views.list': () => ({ views: [] }),
    'requests.clear': () => ({ deleted: rows.splice(0).length }),
    'providers.list': () => [sampleProvider()],
    'gateway.status': () => sampleStatus(),
    'settings.list': () => ({
      settings: [
        {
          path: 'server.api_key',
          value: clientKey,
          default: '',
          changed: clientKey !== '',
          secret: true,
          lockedBy: null,
        },
      ],
      configFile: '',
      dataFolder: '',
      logBytes: 0,
    }),
  });
  const { page, router } = await mountPage({ rpc, route, at });
  await flushPromises();
  return { rpc, page, router };
}

describe('the requests page', () => {
  it('does not call a list live that hears nothing', async () => {
    const { rpc, page } = await setUp({ rows: [sampleRow(1)] });
    expect(page.get('header').text()).toContain('Live');
    rpc.connection.value = 'reconnecting';
    await flushPromises();
    expect(page.get('header').text()).not.toContain('Live');
    expect(page.get('header').text()).toContain('Reconnecting');
  });

  it('says how far a search has looked that takes long', async () => {
    const { promise, resolve } = Promise.withResolvers<RequestPage>();
    const at = Date.UTC(2020, 4, 3, 12) * 1_000;
    const none = { rows: [], total: 0, totalIsExact: false };
    const { page } = await setUp({
      at: '/requests?q=hello',
      list: ({ before = at + 9 }) => (before === at ? promise : { ...none, next: before - 1 }),
    });
    await expect.poll(() => page.get('header').text()).toMatch(/searching, back to .*May/);
    resolve({ ...none, next: null });
    await flushPromises();
    expect(page.get('header').text()).not.toContain('searching');
    expect(page.text()).toContain('No request matches this filter.');
  });

  it('offers a line that brings the client key where tools need one', async () => {
    const { page } = await setUp({ clientKey: '…a1b2' });
    useGateway().follow();
    await flushPromises();
    expect(page.get('code').text()).toContain("-H 'authorization: Bearer YOUR_CLIENT_KEY'");
  });

  it('says what will be here while nothing is, and names the gateway', async () => {
    const { page } = await setUp({});
    useGateway().follow();
    await flushPromises();
    expect(page.text()).toContain('No requests yet');
    expect(page.text()).toContain('curl http://127.0.0.1:8000/v1/chat/completions');
  });

  it('follows the newest row when it is come back to, wherever the list was left', async () => {
    const { rpc, page } = await setUp({ rows: [sampleRow(1)] });
    const store = useRequests();
    store.atTop = false;
    // As leaving the page and coming back does: the list is drawn anew.
    store.list = null;
    await flushPromises();
    await store.read();
    await flushPromises();
    rpc.emit({ topic: 'requests.changed', data: [sampleRow(2)] });
    await flushPromises();
    expect(page.get('[role=grid]').attributes('aria-rowcount')).toBe('3');
  });

  it('counts rows and tells the grid how long it is', async () => {
    const { page } = await setUp({ rows: [sampleRow(1), sampleRow(2)] });
    expect(page.get('[role=grid]').attributes('aria-rowcount')).toBe('3');
    expect(page.text()).toContain('2 requests');
  });

  it('offers to try again when the log cannot be read', async () => {
    let broken = true;
    const { page } = await setUp({ rows: [sampleRow(1)], fail: () => broken });
    expect(page.text()).toContain('The log cannot be read.');
    broken = false;
    await page
      .findAll('button')
      .find((button) => button.text() === 'Try again')
      ?.trigger('click');
    await flushPromises();
    expect(page.find('[role=grid]').exists()).toBe(true);
  });

  it('blames the filter when nothing matches, and clears it', async () => {
    const { page, router } = await setUp({ at: '/requests?q=model:nothing' });
    expect(page.text()).toContain('No request matches this filter.');
    expect(page.text()).toContain('0 of 99 requests');
    await page
      .findAll('button')
      .find((button) => button.text() === 'Clear filters')
      ?.trigger('click');
    await expect.poll(() => router.currentRoute.value.query).toEqual({});
  });

  it('keeps the filter in the address', async () => {
    const { rpc, page, router } = await setUp({ rows: [sampleRow(1)] });
    await page
      .findAll('button')
      .find((button) => button.text() === 'Failed')
      ?.trigger('click');
    await expect.poll(() => router.currentRoute.value.query).toEqual({ q: 'is:failed' });
    await flushPromises();
    expect(rpc.calls.filter(({ name }) => name === 'requests.list').at(-1)?.input).toEqual({
      limit: 100,
      filter: { where: [{ kind: 'flag', field: 'failed' }] },
    });
  });

  it('asks before it deletes', async () => {
    const { rpc, page } = await setUp({ rows: [sampleRow(1)] });
    await page.get('button[aria-label="More"]').trigger('click');
    await flushPromises();
    const item = [...document.querySelectorAll('[role=menuitem]')].find(
      ({ textContent }) => textContent.trim() === 'Delete requests',
    );
    if (item instanceof HTMLElement) item.click();
    await flushPromises();
    const dialog = document.querySelector('[role=dialog]');
    expect(dialog?.textContent).toContain('Delete all finished requests?');
    expect(document.activeElement?.textContent).toBe('Cancel');
    const confirm = [...(dialog?.querySelectorAll('button') ?? [])].find(
      ({ textContent }) => textContent === 'Delete requests',
    );
    confirm?.click();
    await flushPromises();
    expect(rpc.calls.some(({ name }) => name === 'requests.clear')).toBe(true);
    expect(page.text()).toContain('No requests yet');
  });
});

const failedWith = (told: Told) => ({ errorMessage: told.text, errorTold: told });

describe('a request in detail', () => {
  const failed = sampleRow(7, {
    outcome: 'error',
    status: 502,
    errorCode: 'upstream_credentials_rejected',
    ...failedWith(quoted('Every key was refused. openai …a1b2: Incorrect API key provided.')),
    warnings: [quoted('The stop list was cut to 4 entries.')],
  });

  it('is opened by its address and tells what went wrong', async () => {
    const { page } = await setUp({ rows: [failed], at: '/requests/req_7' });
    const text = page.get('section[aria-label="Request detail"]').text();
    expect(text).toContain('502');
    expect(text).toContain('Every key was refused. openai …a1b2: Incorrect API key provided.');
    expect(text).toContain('The stop list was cut to 4 entries.');
    expect(text).toContain('…a1b2');
  });

  it('follows the request while it runs', async () => {
    const rows = [sampleRow(7, { outcome: 'live', status: null, doneAt: null })];
    const { rpc, page } = await setUp({ rows, at: '/requests/req_7' });
    expect(page.get('section[aria-label="Request detail"]').text()).toContain('live');
    rows[0] = sampleRow(7);
    rpc.emit({ topic: 'requests.changed', data: [sampleRow(7)] });
    await flushPromises();
    expect(page.get('section[aria-label="Request detail"]').text()).toContain('200');
  });

  it('says so when there is no such request', async () => {
    const { page } = await setUp({ rows: [sampleRow(1)], at: '/requests/gone' });
    expect(page.text()).toContain('The log has no request gone.');
  });

  it('reads bodies when they are looked at, changes nothing in them, and explains what is not there', async () => {
    const { rpc, page } = await setUp({ rows: [failed], at: '/requests/req_7' });
    expect(rpc.calls.some(({ name }) => name === 'requests.body')).toBe(false);
    const tab = async (name: string): Promise<void> => {
      await page
        .findAll('[role=tab]')
        .find((one) => one.text() === name)
        ?.trigger('mousedown', { button: 0 });
      await flushPromises();
    };
    await tab('Request');
    expect(page.get('pre').text()).toBe('{\n  "model": "gpt",\n  "seed": 12345678901234567890\n}');
    await tab('Response');
    expect(page.text()).toContain('Not kept');
    expect(page.text()).toContain('4.2 KB');
  });

  it('does the sum of the cost, and names the price, its day and what the provider says', async () => {
    const price = {
      source: 'catalogue',
      asOf: '2026-11-20',
      name: 'openrouter',
      fromTokens: null,
      factor: 1,
    } as const;
    const rates = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 };
    const row = sampleRow(7, {
      cost: 17_574_000_000,
      costDetail: {
        pico: 17_574_000_000,
        price: { ...price, ...rates },
        lines: [
          { what: 'input', tokens: 2_148, rate: 3, pico: 6_444_000_000 },
          { what: 'output', tokens: 742, rate: 15, pico: 11_130_000_000 },
        ],
        reported: 17_750_000_000,
      },
    });
    const { page } = await setUp({ rows: [row], at: '/requests/req_7' });
    const text = page.get('section[aria-label=Cost]').text();
    for (const part of ['price catalogue · openrouter · 2026-11-20', '2,148', '× $3.00 / M', '$0.006444']) {
      expect(text).toContain(part);
    }
    expect(text).toContain('$0.017750 (off by +1.0 %)');
    expect(text).toContain('$0.017574');
  });

  it('never calls an unknown cost free', async () => {
    const { page } = await setUp({ rows: [sampleRow(7, { cost: null })], at: '/requests/req_7' });
    const text = page.get('section[aria-label=Cost]').text();
    expect(text).toContain('The price of this model is not known');
    expect(text).not.toContain('$0');
  });

  it('tells why it went where it went', async () => {
    const row = sampleRow(7, {
      routing: {
        rule: { number: 2, model: 'smart' },
        aliases: [
          {
            alias: 'smart',
            strategy: 'latency',
            first: 'openai/gpt-5',
            because: 'measured',
            figure: 412,
          },
          // Another version's reason, from a file.
          { alias: 'later', strategy: 'newest', first: 'mine/m', because: 'of its age', figure: 3 },
        ],
        complexity: { score: 0.62, parts: { tools: 0.3, code: 0.32, idle: 0 } },
      },
    });
    const { page } = await setUp({ rows: [row], at: '/requests/req_7' });
    const text = page.get('section[aria-label=Routing]').text();
    expect(text).toContain('Rule 2 put smart in place');
    expect(text).toContain('openai/gpt-5 first (first token after 412 ms)');
    expect(text).toContain('mine/m first (of its age, 3)');
    expect(text).toContain('0.62');
    expect(text).toContain('Code');
    expect(text).not.toContain('idle');
  });

  it('shows the tab that stands in the address', async () => {
    const { page } = await setUp({ rows: [sampleRow(7)], at: '/requests/req_7?tab=headers' });
    expect(page.get('[role=tab][data-state=active]').text()).toBe('Headers');
    expect(page.text()).toContain('Request headers');
  });
});
