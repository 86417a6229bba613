/** The page of tools in a test: opened at a tool, with what the gateway finds of them and what a change leaves. */
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { vi } from 'vitest';
import type { ConnectView, ToolView } from '../../../../contract/rpc/procedures/connect.ts';
import { useGateway } from '../../../shared/composables/useGateway.ts';
import type { Desktop } from '../../../shared/rpc/desktop.ts';
import { createFakeRpc, type Answers } from '../../../testing/fake-rpc.ts';
import { sampleConnect, samplePlan, sampleTool } from '../../../testing/sample-tool.ts';
import { NOON, sampleCatalogue, sampleModel, sampleStatus } from '../../../testing/samples.ts';
import { mountPage } from '../../../testing/with-app.ts';
import Page from '../Page.vue';

const route = { path: '/connect/:id?', name: 'connect', component: Page };
const others = [{ path: '/requests/:id?', name: 'requests', component: Page }];
const CODEX = sampleTool({ id: 'codex', name: 'Codex', state: 'connected', requestsToday: 244 });
/** A tool that is set up by hand. */
export const HAND = sampleTool({ id: 'cline', name: 'Cline', state: 'by-hand', files: [], slots: [] });
const CURSOR = sampleTool({
  id: 'cursor',
  name: 'Cursor',
  kind: 'app',
  state: 'unreachable',
  files: [],
  problems: [{ code: 'cursor-away', values: {}, text: 'No.' }],
});
export const BACKUP = {
  name: 'settings.json.2026-11-20-142958',
  of: '~/.claude/settings.json',
  at: NOON,
  existed: true,
};
/** What a tool is once its file was written. */
export const WRITTEN = {
  state: 'connected',
  writtenAt: NOON,
  client: 'claude-code',
  backups: [BACKUP],
} as const;

export interface FakeTools {
  /** What the gateway finds. */
  view: ConnectView;
  /** The tool after a change. */
  after: ToolView;
}

/** Claude Code is found and becomes connected; others are connected, set up by hand, or out of reach. */
export function createFakeTools(): FakeTools {
  localStorage.clear();
  return { view: sampleConnect([sampleTool(), CODEX, HAND, CURSOR]), after: sampleTool(WRITTEN) };
}

/** Puts back the clock. */
export function tidy(): void {
  vi.useRealTimers();
}

/** @param more answers beside, or instead of, those of the tools; `called` are the inputs of a procedure's calls */
export async function open(
  tools: FakeTools,
  more: Answers = {},
  at = '/connect/claude-code',
  desktop?: Desktop,
) {
  const rpc = createFakeRpc({
    'connect.list': () => tools.view,
    'connect.plan': () => samplePlan(),
    'connect.apply': () => tools.after,
    'models.list': () => sampleCatalogue([sampleModel()], { aliases: ['fast'] }),
    'settings.list': () => ({ settings: [], configFile: '', dataFolder: '', logBytes: 0 }),
    'gateway.status': () => sampleStatus(),
    ...more,
  });
  const { page, router } = await mountPage({ rpc, route, others, at, ...(desktop && { desktop }) });
  useGateway().follow();
  await flushPromises();
  return {
    page,
    router,
    rpc,
    called: (name: string) => rpc.calls.filter((call) => call.name === name).map(({ input }) => input),
  };
}

/** The button whose words begin so, or whose name it is. */
export const button = (page: VueWrapper, name: string) => {
  const found = page
    .findAll('button')
    .find((one) => one.text().startsWith(name) || one.attributes('aria-label') === name);
  if (found === undefined) throw new Error(`There is no button ${name}.`);
  return found;
};
export const press = async (page: VueWrapper, name: string): Promise<void> => {
  await button(page, name).trigger('click');
  await flushPromises();
};
/** Longer than typing is waited out. */
export const pause = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(1_000);
  await flushPromises();
};
