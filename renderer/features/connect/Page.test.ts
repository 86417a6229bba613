import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { ConnectView, ToolView } from '../../../contract/rpc/procedures/connect.ts';
import { useGateway } from '../../shared/composables/useGateway.ts';
import { useShortcutStore } from '../../shared/composables/useShortcuts.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import type { Desktop } from '../../shared/rpc/desktop.ts';
import { createFakeDesktop } from '../../testing/fake-desktop.ts';
import { createFakeRpc, type Answers } from '../../testing/fake-rpc.ts';
import { NOON, sampleCatalogue, sampleModel, sampleRow, sampleStatus } from '../../testing/samples.ts';
import { sampleConnect, samplePlan, sampleTool } from '../../testing/sample-tool.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';

const route = { path: '/connect/:id?', name: 'connect', component: Page };
const others = [{ path: '/requests/:id?', name: 'requests', component: Page }];
const CODEX = sampleTool({ id: 'codex', name: 'Codex', state: 'connected', requestsToday: 244 });
const HAND = sampleTool({ id: 'cline', name: 'Cline', state: 'by-hand', files: [], slots: [] });
const CURSOR = sampleTool({
  id: 'cursor',
  name: 'Cursor',
  kind: 'app',
  state: 'unreachable',
  files: [],
  problems: [{ code: 'cursor-away', values: {}, text: 'No.' }],
});
const MAIN = [{ id: 'main', current: 'demo/chat', required: false }];
const COMMA: Told = {
  code: 'syntax',
  values: { path: 'settings.json', line: 3 },
  text: 'In English.',
  reason: { code: 'comma-missing', values: {}, text: 'In English.' },
};
const BACKUP = {
  name: 'settings.json.2026-11-20-142958',
  of: '~/.claude/settings.json',
  at: NOON,
  existed: true,
};
const WRITTEN = { state: 'connected', writtenAt: NOON, client: 'claude-code', backups: [BACKUP] } as const;

let view: ConnectView;
let after: ToolView;
beforeEach(() => {
  localStorage.clear();
  view = sampleConnect([sampleTool(), CODEX, HAND, CURSOR]);
  after = sampleTool(WRITTEN);
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

async function open(more: Answers = {}, at = '/connect/claude-code', desktop?: Desktop) {
  const rpc = createFakeRpc({
    'connect.list': () => view,
    'connect.plan': () => samplePlan(),
    'connect.apply': () => after,
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
const button = (page: VueWrapper, name: string) => {
  const found = page
    .findAll('button')
    .find((one) => one.text().startsWith(name) || one.attributes('aria-label') === name);
  if (found === undefined) throw new Error(`There is no button ${name}.`);
  return found;
};
const press = async (page: VueWrapper, name: string): Promise<void> => {
  await button(page, name).trigger('click');
  await flushPromises();
};
/** Longer than typing is waited out. */
const pause = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(1_000);
  await flushPromises();
};

describe('the list', () => {
  it('has the tools in groups with their state, and counts them', async () => {
    const { page } = await open();
    expect(page.get('header').text()).toContain('1 connected · 1 found but not connected');
    const entries = page.findAll('nav a').map((link) => link.text());
    expect(entries).toEqual([
      expect.stringContaining('Not connected'),
      expect.stringMatching(/Codex.*Connected.*244 today/),
      expect.stringContaining('Set up by hand'),
      expect.stringContaining('Cannot connect'),
      expect.stringContaining('Shell and SDKs'),
    ]);
  });

  it('is one stop of the tab key; arrows move and show', async () => {
    const { page, router } = await open();
    expect(page.findAll('nav a[tabindex="0"]')).toHaveLength(1);
    await page.get('nav').trigger('keydown', { key: 'ArrowDown' });
    await flushPromises();
    expect(router.currentRoute.value.params['id']).toBe('codex');
    expect(page.get('section[aria-label=Codex] h2').text()).toBe('Codex');
    expect(document.activeElement?.textContent).toContain('Codex');
  });

  it('says why it is not there, and tries again', async () => {
    let works = false;
    const { page } = await open({
      'connect.list': () => {
        if (!works) throw new RpcError('unavailable', 'The home folder cannot be read.');
        return view;
      },
    });
    expect(page.get('[role=alert]').text()).toContain('The home folder cannot be read.');
    works = true;
    await press(page, 'Try again');
    expect(page.get('nav').text()).toContain('Claude Code');
  });

  it('says what to do where no tool was found', async () => {
    view = sampleConnect([sampleTool({ state: 'not-found' }), HAND]);
    const { page } = await open({}, '/connect');
    expect(page.get('nav').text()).toContain('No tool was found on this computer.');
    expect(page.get('section[aria-label="Shell and SDKs"]').text()).toContain('http://127.0.0.1:8000/v1');
  });
});

describe('the change', () => {
  it('is shown before it is written, with its lines, and written by its version', async () => {
    const { page, called } = await open();
    expect(called('connect.plan')).toEqual([
      { tool: 'claude-code', order: { does: 'connect', models: {}, ownKey: true } },
    ]);
    const figure = page.get('figure[aria-label="Diff of settings.json"]').text();
    expect(figure).toContain('"ANTHROPIC_BASE_URL": "http://127.0.0.1:8000"');
    expect(page.text()).toContain('Lines added: 2, removed: 1');
    await press(page, 'Write change');
    expect(called('connect.apply')).toEqual([
      { tool: 'claude-code', order: { does: 'connect', models: {}, ownKey: true }, version: 'v1' },
    ]);
    expect(page.get('nav').text()).toContain('Waiting');
    expect(useToasts().toasts[0]).toMatchObject({ title: 'Claude Code is connected' });
  });

  it('is worked out again for another model, and for the common key', async () => {
    vi.useFakeTimers();
    const { page, called } = await open();
    await page.get('input[role=combobox]').setValue('fast');
    await pause();
    await page.get('input[role=switch]').trigger('click');
    await pause();
    expect(called('connect.plan').slice(1)).toEqual([
      { tool: 'claude-code', order: { does: 'connect', models: { main: 'fast' }, ownKey: true } },
      { tool: 'claude-code', order: { does: 'connect', models: { main: 'fast' }, ownKey: false } },
    ]);
  });

  it('keeps what was chosen over a look at another tool', async () => {
    const { page, router } = await open();
    await page.get('input[role=combobox]').setValue('fast');
    await router.push('/connect/codex');
    await router.push('/connect/claude-code');
    await flushPromises();
    expect(page.get<HTMLInputElement>('input[role=combobox]').element.value).toBe('fast');
  });

  it('is read again where a file changed meanwhile; nothing was written', async () => {
    let version = 'v1';
    const { page, called } = await open({
      'connect.plan': () => samplePlan({ version }),
      'connect.apply': () => {
        version = 'v2';
        throw new RpcError('conflict', 'settings.json changed.');
      },
    });
    await press(page, 'Write change');
    expect(page.text()).toContain('A file changed in the meantime, so nothing was written.');
    expect(called('connect.plan')).toHaveLength(2);
    await press(page, 'Write change');
    expect(called('connect.apply')).toEqual([
      expect.objectContaining({ version: 'v1' }),
      expect.objectContaining({ version: 'v2' }),
    ]);
  });

  it('that fails says why, in the words of the gateway', async () => {
    const { page } = await open({
      'connect.apply': () => {
        throw new RpcError('forbidden', '~/.claude/settings.json is read-only.');
      },
    });
    await press(page, 'Write change');
    expect(page.text()).toContain('Nothing was written. ~/.claude/settings.json is read-only.');
    expect(button(page, 'Write change').attributes('disabled')).toBeUndefined();
  });

  it('is written by a key, and told where there is none', async () => {
    const { page, called } = await open({
      'connect.plan': () => samplePlan({ changes: [] }),
    });
    expect(page.text()).toContain('Nothing to write: connected as it is.');
    const write = () =>
      useShortcutStore().handle(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true }));
    write();
    await flushPromises();
    expect(called('connect.apply')).toEqual([]);
  });

  it('can be read as a command', async () => {
    const { page } = await open();
    await press(page, 'Command');
    expect(page.get('pre').text()).toContain('switchyard connect claude-code');
    expect(page.get('[role=group][aria-label="Same from a terminal:"]').text()).toContain('--dry-run');
  });
});

describe('taking it back', () => {
  it('the note of a writing brings the copies back that it made', async () => {
    const { page, called } = await open();
    await press(page, 'Write change');
    useToasts().toasts[0]?.undo?.();
    await flushPromises();
    expect(called('connect.apply').at(-1)).toEqual({
      tool: 'claude-code',
      order: { does: 'restore', backup: BACKUP.name },
      version: 'v1',
    });
    expect(useToasts().toasts.at(-1)?.title).toBe('Claude Code is as it was before');
  });

  it('removing shows its own differences first, and can be left again', async () => {
    view = sampleConnect([sampleTool(WRITTEN)]);
    after = sampleTool();
    const { page, called } = await open();
    vi.useFakeTimers();
    await press(page, 'Remove');
    await pause();
    expect(called('connect.plan').at(-1)).toEqual({ tool: 'claude-code', order: { does: 'remove' } });
    expect(document.activeElement?.textContent).toContain('What removing changes');
    await press(page, 'Cancel');
    await pause();
    expect(page.text()).toContain('Change to be written');
    await press(page, 'Remove');
    await pause();
    const act = page.findAll('button').findLast((one) => one.text().startsWith('Remove'));
    await act?.trigger('click');
    await flushPromises();
    expect(called('connect.apply')).toEqual([
      { tool: 'claude-code', order: { does: 'remove' }, version: 'v1' },
    ]);
  });

  it('copies are compared, and restored at once', async () => {
    view = sampleConnect([sampleTool(WRITTEN)]);
    const { page, called } = await open();
    vi.useFakeTimers();
    await press(page, `Compare with ${BACKUP.name}`);
    await pause();
    expect(page.text()).toContain('What restoring changes');
    await press(page, `Restore ${BACKUP.name}`);
    expect(called('connect.apply')).toEqual([
      { tool: 'claude-code', order: { does: 'restore', backup: BACKUP.name }, version: 'v1' },
    ]);
  });

  it('what somebody changed is named, and can be kept', async () => {
    view = sampleConnect([sampleTool({ ...WRITTEN, state: 'changed', drift: ['env.ANTHROPIC_MODEL'] })]);
    const { page, called } = await open();
    expect(page.text()).toContain('env.ANTHROPIC_MODEL');
    expect(page.text()).toContain('1 value differs from what was written');
    expect(button(page, 'Write ours again').exists()).toBe(true);
    await press(page, 'Keep theirs');
    expect(called('connect.apply')).toEqual([
      { tool: 'claude-code', order: { does: 'keep' }, version: 'v1' },
    ]);
    expect(page.text()).not.toContain('Keep theirs');
  });

  it('a variable that wins is told with its place, and commented out after a look', async () => {
    const override = {
      variable: 'ANTHROPIC_BASE_URL',
      shown: 'https://api.anthropic.com',
      file: '~/.zshrc',
      line: 41,
    };
    view = sampleConnect([sampleTool({ ...WRITTEN, overrides: [override] })]);
    const { page, called } = await open();
    vi.useFakeTimers();
    expect(page.text()).toContain(
      'ANTHROPIC_BASE_URL=https://api.anthropic.com is set in ~/.zshrc, line 41.',
    );
    await press(page, 'Comment it out…');
    await pause();
    expect(called('connect.plan').at(-1)).toEqual({
      tool: 'claude-code',
      order: { does: 'silence', variable: 'ANTHROPIC_BASE_URL', file: '~/.zshrc' },
    });
  });
});

describe('checks', () => {
  it('wait for the first request, and turn green when it comes', async () => {
    view = sampleConnect([sampleTool(WRITTEN)]);
    const { page, rpc } = await open();
    expect(page.text()).toContain('Waiting for the first request since it was written');
    vi.useFakeTimers();
    view = sampleConnect([sampleTool({ ...WRITTEN, lastRequestAt: NOON + 5_000, requestsToday: 1 })]);
    rpc.emit({ topic: 'requests.changed', data: [sampleRow(5, { client: 'claude-code' })] });
    await pause();
    expect(page.text()).toContain('A request arrived');
    expect(page.get('nav').text()).toContain('1 today');
    const link = page.findAll('a').find((one) => one.text() === 'Show');
    expect(decodeURIComponent(link?.attributes('href') ?? '')).toContain('client:claude-code');
  });

  it('name models that nothing offers', async () => {
    view = sampleConnect([sampleTool({ slots: [{ id: 'main', current: 'gone/model', required: false }] })]);
    const { page } = await open();
    expect(page.text()).toContain('Nothing offers gone/model right now');
  });
});

describe('what cannot be written', () => {
  it('a file that cannot be understood is told with its line; its copies can still be restored', async () => {
    view = sampleConnect([sampleTool({ ...WRITTEN, state: 'broken', problems: [COMMA] })]);
    const { page, called } = await open();
    expect(page.text()).toContain('settings.json, line 3: a comma is missing before this.');
    expect(called('connect.plan')).toEqual([]);
    await press(page, `Restore ${BACKUP.name}`);
    expect(called('connect.apply')).toHaveLength(1);
  });

  it('from another computer, commands and snippets take its place', async () => {
    view = sampleConnect([sampleTool({ state: 'by-hand', files: [] })], { local: false });
    const { page, called } = await open();
    expect(page.text()).toContain('they write no files of tools');
    expect(page.text()).toContain('switchyard connect claude-code --dry-run');
    expect(page.get('pre').text()).toContain('ANTHROPIC_BASE_URL=http://127.0.0.1:8000');
    expect(called('connect.plan')).toEqual([]);
  });

  it('a tool without a file has steps, Cursor the reason', async () => {
    const { page, router } = await open({}, '/connect/cline');
    expect(page.text()).toContain('Choose OpenAI Compatible as the API provider.');
    await router.push('/connect/cursor');
    await flushPromises();
    expect(page.text()).toContain('Cursor sends its requests from its own servers.');
  });
});

describe('a test', () => {
  const SENT = { ok: true, status: 200, text: 'ready', time: 321, request: 'req_1' };

  it('is sent with the model of the file, tells how it went, and leads to its row', async () => {
    view = sampleConnect([sampleTool({ ...WRITTEN, client: 'claude-code', slots: MAIN })]);
    const { page, called, router } = await open({ 'connect.test': () => SENT });
    await press(page, 'Send a test');
    expect(called('connect.test')).toEqual([{ tool: 'claude-code', model: 'demo/chat' }]);
    expect(page.text()).toContain('Answered in 321 ms');
    expect(page.text()).toContain('ready');
    const links = page.findAll('a').filter((link) => link.text() === 'Show in the log');
    expect(links[0]?.attributes('href')).toBe(
      router.resolve({ name: 'requests', params: { id: 'req_1' } }).href,
    );
    const own = page.findAll('a').find((link) => link.text() === 'Requests from this tool');
    expect(own?.attributes('href')).toContain('client:claude-code');
  });

  it('that fails says why in the words of the gateway', async () => {
    view = sampleConnect([sampleTool({ ...WRITTEN, slots: MAIN })]);
    const failed = { ...SENT, ok: false, status: 404, text: 'Nothing serves it.' };
    const { page } = await open({ 'connect.test': () => failed });
    await press(page, 'Send a test');
    expect(page.text()).toContain('Failed after 321 ms');
    expect(page.text()).toContain('Nothing serves it.');
  });

  it('is not offered for a tool that leads elsewhere', async () => {
    view = sampleConnect([sampleTool({ state: 'elsewhere', address: 'https://x.example' })]);
    const { page } = await open();
    expect(page.text()).not.toContain('Send a test');
  });
});

describe('the file of a tool', () => {
  const FILE = 'Open ~/.claude/settings.json';

  it('is opened by the desktop, which says why it could not', async () => {
    const desktop = createFakeDesktop({
      'desktop.openToolFile': () => {
        throw new RpcError('not_found', 'There is no file yet.');
      },
    });
    const { page } = await open({}, '/connect/claude-code', desktop);
    await button(page, FILE).trigger('click');
    await flushPromises();
    expect(desktop.calls.filter(({ name }) => name === 'desktop.openToolFile')).toEqual([
      {
        name: 'desktop.openToolFile',
        input: { tool: 'claude-code', file: '~/.claude/settings.json' },
      },
    ]);
    expect(useToasts().toasts).toMatchObject([
      { title: 'Claude Code: the file was not opened', text: 'There is no file yet.' },
    ]);
  });

  it('is not offered to be opened in a browser', async () => {
    const { page } = await open();
    expect(() => button(page, FILE)).toThrow('There is no button');
  });
});
