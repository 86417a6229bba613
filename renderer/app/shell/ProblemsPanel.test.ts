import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import type { GatewayStatus, Problem } from '../../../contract/rpc/procedures/gateway.ts';
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import { useProviders } from '../../features/providers/index.ts';
import { useProviderStates } from '../../shared/composables/useProviderStates.ts';
import { useGateway } from '../../shared/composables/useGateway.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleKey, sampleProvider, sampleStatus } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import ProblemsPanel from './ProblemsPanel.vue';

const said = (message: string) => ({
  message,
  told: { code: 'as-said', values: { message }, text: message } as const,
});
const SPENT: Problem = { code: 'budget_spent', ...said('All requests of today: $60.00 of $60.00.') };
const near = (spent: string): Problem => ({
  code: 'budget_near',
  ...said(`Client laptop: ${spent} of $5.00.`),
});

let page: VueWrapper;
afterEach(() => {
  page.unmount();
});

async function show(
  problems: readonly Problem[],
  language: 'en' | 'zh-CN' = 'en',
  providers: readonly ProviderView[] = [],
) {
  const rpc = createFakeRpc({
    'gateway.status': () => sampleStatus({ problems }),
    'providers.list': () => providers,
  });
  const others = ['routing', 'settings', 'providers', 'requests'].map((name) => ({
    path: `/${name}/:id?`,
    name,
    component: { render: () => null },
  }));
  const route = { path: '/', name: 'overview', component: ProblemsPanel };
  const mounted = await mountPage({ rpc, route, others, at: '/', language });
  ({ page } = mounted);
  useGateway().follow();
  await flushPromises();
  return {
    ...mounted,
    rpc,
    become: async (now: readonly Problem[]): Promise<void> => {
      const data: GatewayStatus = sampleStatus({ problems: now });
      rpc.emit({ topic: 'gateway.changed', data });
      await flushPromises();
    },
  };
}
const button = (): string => page.get('button').text();
const panel = (): string => document.querySelector('[role=dialog]')?.textContent ?? '';
async function press(name: string): Promise<void> {
  const found = [...document.querySelectorAll('button')].find(
    (one) => one.textContent.trim() === name || one.getAttribute('aria-label')?.startsWith(name) === true,
  );
  found?.click();
  await flushPromises();
}

it('is not there while nothing is wrong', async () => {
  await show([]);
  expect(page.find('button').exists()).toBe(false);
});

it('leads from a budget to where budgets are set', async () => {
  const { router } = await show([SPENT]);
  await press('1 problem');
  await press('Show budgets');
  expect(router.currentRoute.value).toMatchObject({ name: 'routing', query: { tab: 'budgets' } });
});

it('puts warnings aside until they happen again, whatever their figures; faults stay', async () => {
  const { become } = await show([near('$4.10'), SPENT]);
  expect(button()).toBe('2 problems');
  await press('2 problems');
  await press('Put aside');
  expect(button()).toBe('1 problem');
  expect(panel()).toContain('$60.00 of $60.00');
  await become([near('$4.60')]);
  expect(button()).toBe('1 put aside');
  await become([]);
  await become([near('$4.10')]);
  expect(button()).toBe('1 problem');
});

it('tells new ones once, politely', async () => {
  const { become } = await show([]);
  await become([SPENT]);
  expect(page.get('[role=status]').text()).toBe('A budget is spent');
});

it('has the lost gateway among them', async () => {
  const { rpc } = await show([]);
  rpc.connection.value = 'reconnecting';
  await flushPromises();
  await press('1 problem');
  expect(panel()).toContain('The gateway does not answer');
});

it.each([
  [
    'en',
    '2 problems',
    'OpenAI refuses its key',
    'Replace key',
    'Every request to xAI fails',
    'Show requests',
  ],
  ['zh-CN', '2 个问题', 'OpenAI 拒绝了密钥', '更换密钥', '发往 xAI 的请求全部失败', '查看请求'],
] as const)(
  'has the faults of providers among them, on every page (%s)',
  async (language, count, refused, replace, failing, requests) => {
    const key = sampleKey({
      state: 'cooling',
      reason: 'key_rejected',
      status: 401,
      message: 'Incorrect API key',
    });
    const providers = [
      sampleProvider({ keys: [key] }),
      sampleProvider({ id: 'xai', name: 'xAI', keys: [sampleKey()] }),
    ];
    const { router } = await show([], language, providers);
    useProviders().follow();
    useProviderStates().tellFailing(['xai']);
    await flushPromises();
    await press(count);
    expect(panel()).toContain(refused);
    expect(panel()).toContain('Incorrect API key');
    expect(panel()).toContain(failing);
    await press(replace);
    expect(router.currentRoute.value).toMatchObject({ name: 'providers', params: { id: 'openai' } });
    await router.push('/');
    await flushPromises();
    await press(count);
    await press(requests);
    expect(router.currentRoute.value).toMatchObject({
      name: 'requests',
      query: { q: 'provider:xai is:failed' },
    });
  },
);

it('in Chinese has no English sentence: of a broken file, a taken address, a spent budget, a back-up that failed', async () => {
  const message = 'A sentence in English, for terminals.';
  const told = (code: Told['code'], values: Told['values'] = {}, more: Partial<Told> = {}): Told => ({
    code,
    values,
    text: message,
    ...more,
  });
  const path = '/etc/switchyard/config.yaml';
  const broken = told('at-path-line', { path: 'server.port', line: 3 }, { reason: told('number') });
  const unusable = told('config-unusable', { path }, { reason: told('listed', {}, { parts: [broken] }) });
  const taken = told('port-taken-by', { port: 8000, name: 'nginx', pid: 7 });
  const listening = told('still-listening', { address: 'http://localhost:8001' });
  const budget = { spentDollars: 12.5, limitDollars: 10, per: 'day', scope: 'client:laptop' };
  await show(
    [
      {
        code: 'config_broken',
        message,
        told: told('sentences', {}, { parts: [unusable, told('config-stays')] }),
      },
      { code: 'address_taken', message, told: told('sentences', {}, { parts: [taken, listening] }) },
      { code: 'budget_spent', message, told: told('budget-refuses', budget) },
      {
        code: 'backup_failed',
        message,
        told: told('backup-not-made', { folder: '/backups' }, { reason: told('disk-full') }),
      },
    ],
    'zh-CN',
  );
  page.get('button').element.click();
  await flushPromises();
  const shown = panel();
  for (const words of [
    `无法使用 ${path}：server.port（第 3 行）：`,
    '之前的配置仍然有效。',
    '端口 8000 已被 nginx（进程 7）占用。仍在 http://localhost:8001 监听。',
    '客户端 laptop：每天 $10.00 的预算已用 $12.50，因此拒绝其请求。',
    '无法在 /backups 完成到期的备份：磁盘已满。',
  ])
    expect(shown).toContain(words);
  // Two words of English in a row are a sentence or its part; names and paths stand alone.
  expect(shown).not.toMatch(/[A-Za-z]+ [A-Za-z]+/);
});

it.each([
  ['en', 'config.yaml cannot be used:', 'The previous configuration stays in force.', 'and 2 more problems'],
  ['zh-CN', '无法使用 config.yaml：', '之前的配置仍然有效。', '另有 2 处问题'],
] as const)('several faults of one file have a line each (%s)', async (language, head, end, more) => {
  const told = (code: Told['code'], values: Told['values'], rest: Partial<Told> = {}): Told => ({
    code,
    values,
    text: 'In English.',
    ...rest,
  });
  const faults = [1, 2].map((line) =>
    told('at-line', { line }, { reason: told('as-said', { message: 'odd' }) }),
  );
  const reason = told('listed', {}, { parts: [...faults, told('more-faults', { count: 2 })] });
  const parts = [told('config-unusable', { path: 'config.yaml' }, { reason }), told('config-stays', {})];
  const broken = told('sentences', {}, { parts });
  await show([{ code: 'config_broken', message: 'In English.', told: broken }], language);
  await page.get('button').trigger('click');
  await flushPromises();
  const texts = (what: string) =>
    [...document.querySelectorAll(`[role=dialog] ${what}`)].map((one) => one.textContent);
  expect(texts('li li')).toHaveLength(3);
  expect(texts('li li').at(-1)).toBe(more);
  expect(
    texts('li li')
      .slice(0, 2)
      .map((line) => line.replaceAll(/\D/g, '')),
  ).toEqual(['1', '2']);
  expect(texts('li div > p')).toEqual([expect.any(String), head, end]);
});
