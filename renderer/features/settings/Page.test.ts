import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import {
  SETTING_PATHS,
  type SettingPath,
  type SettingsView,
  type SettingValue,
} from '../../../contract/rpc/procedures/settings.ts';
import { useShortcutStore } from '../../shared/composables/useShortcuts.ts';
import { useDesktopHost } from '../../shared/composables/useDesktopHost.ts';
import { useGateway } from '../../shared/composables/useGateway.ts';
import {
  createFakeDesktop,
  sampleDesktop,
  samplePlace,
  type FakeDesktop,
} from '../../testing/fake-desktop.ts';
import { createFakeRpc, type Answers, type FakeRpc } from '../../testing/fake-rpc.ts';
import { sampleStatus } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';

const route = { path: '/settings/:section?', name: 'settings', component: Page };

const DEFAULTS: Readonly<Record<SettingPath, SettingValue>> = {
  'server.host': 'localhost',
  'server.port': 8_000,
  'server.api_key': '',
  'server.max_in_flight': 1_000,
  'server.allowed_origins': [],
  'network.proxy': 'system',
  'network.no_proxy': [],
  'routing.default_model': '',
  'routing.retries': 3,
  'routing.deadline': 3_600_000,
  'routing.cooldown.base': 30_000,
  'routing.cooldown.ceiling': 1_800_000,
  'routing.max_consecutive_failures': 3,
  'routing.health_check_interval': 300_000,
  'routing.timeout.connect': 10_000,
  'routing.timeout.first_content': 300_000,
  'routing.timeout.idle': 300_000,
  'routing.timeout.total': 1_800_000,
  'guards.max_query_length': 0,
  'cache.enabled': false,
  'cache.ttl': 3_600_000,
  'cache.max_size': 1_000,
  'monitoring.enabled': true,
  'requests.bodies': 'full',
  'requests.keep.days': 30,
  'requests.keep.rows': 100_000,
  'requests.keep.size': 1_000_000_000,
  'logging.level': 'info',
  'logging.destination': 'console',
  'logging.file': 'logs/switchyard.log',
  'logging.max_size': 10_000_000,
  'logging.max_files': 5,
  'backup.every': 604_800_000,
  'backup.keep': 7,
  'backup.history': false,
};

let values: Partial<Record<SettingPath, SettingValue>>;
let locked: Partial<Record<SettingPath, string>>;
/** What each setting was before its last change; undefined for its default. */
let before: Map<SettingPath, SettingValue | undefined>;
beforeEach(() => {
  before = new Map();
  values = {};
  locked = {};
});
afterEach(() => document.body.replaceChildren());

function view(): SettingsView {
  return {
    settings: SETTING_PATHS.map((path) => ({
      path,
      value:
        path === 'server.api_key' && values[path] !== undefined
          ? `…${String(values[path]).slice(-4)}`
          : (values[path] ?? DEFAULTS[path]),
      default: DEFAULTS[path],
      changed: values[path] !== undefined,
      undoable: before.has(path),
      secret: path === 'server.api_key',
      lockedBy: locked[path] ?? null,
    })),
    inFile: [
      { path: 'guards.sensitive_patterns', value: 3 },
      { path: 'monitoring.alerts', value: 0 },
      { path: 'monitoring.webhook.url', value: 'hooks.example' },
    ],
    configFile: '/home/me/config.yaml',
    dataFolder: '/home/me/.local/share/switchyard',
    logBytes: 61_200,
  };
}

async function open(
  at: string,
  more: Answers = {},
  desktop?: FakeDesktop,
): Promise<{ page: VueWrapper; rpc: FakeRpc }> {
  const rpc = createFakeRpc({
    'settings.list': view,
    'settings.set': ({ path, value }) => {
      before.set(path, values[path]);
      values[path] = value;
      return view();
    },
    'settings.undo': ({ path }) => {
      const was = before.get(path);
      values = Object.fromEntries(Object.entries(values).filter(([name]) => name !== path));
      if (was !== undefined) values[path] = was;
      before.delete(path);
      return view();
    },
    'settings.reset': ({ path }) => {
      before.set(path, values[path]);
      values = Object.fromEntries(Object.entries(values).filter(([name]) => name !== path));
      return view();
    },
    'gateway.status': () => sampleStatus(),
    'models.list': () => ({ models: [], lists: [], aliases: [], pricesAsOf: '2026-11-20' }),
    'providers.list': () => [],
    ...more,
  });
  const { page } = await mountPage({ rpc, route, at, ...(desktop === undefined ? {} : { desktop }) });
  useGateway().follow();
  useDesktopHost().follow();
  await flushPromises();
  return { page, rpc };
}

const row = (page: VueWrapper, id: string) => page.get(`[data-setting="${id}"]`);
async function type(page: VueWrapper, id: string, text: string): Promise<void> {
  await row(page, id).get('input').setValue(text);
  await row(page, id).get('input').trigger('change');
  await flushPromises();
}
const dialog = (): Element | null => document.querySelector('[role=dialog]');
async function press(words: string, inside: Element | null = document.body): Promise<void> {
  const button = [...(inside?.querySelectorAll('button') ?? [])].find(
    (one) => one.textContent.trim() === words,
  );
  if (button === undefined) throw new Error(`There is no button ${words}.`);
  button.click();
  await flushPromises();
}

describe('a setting', () => {
  it('is changed at once, carries a dot, and goes back with one press', async () => {
    const { page, rpc } = await open('/settings/requests');
    await type(page, 'requests.keep.days', '7');
    expect(rpc.calls).toContainEqual({
      name: 'settings.set',
      input: { path: 'requests.keep.days', value: 7 },
    });
    expect(row(page, 'requests.keep.days').find('[role=img][aria-label^=Changed]').exists()).toBe(true);
    await row(page, 'requests.keep.days').get('button[aria-label="Reset to 30"]').trigger('click');
    await flushPromises();
    expect(values['requests.keep.days']).toBeUndefined();
    expect(row(page, 'requests.keep.days').get('input').element.value).toBe('30');
  });

  it('takes numbers in the unit it shows', async () => {
    const { page } = await open('/settings/routing');
    expect(row(page, 'routing.deadline').get('input').element.value).toBe('60');
    await type(page, 'routing.deadline', '90');
    expect(values['routing.deadline']).toBe(5_400_000);
    await type(page, 'routing.cooldown.base', '1.5');
    expect(values['routing.cooldown.base']).toBe(1_500);
  });

  it.each(['0', 'many', '3.5', ''])('says what is allowed instead of %j and sends nothing', async (text) => {
    const { page, rpc } = await open('/settings/requests');
    await type(page, 'requests.keep.days', text);
    expect(row(page, 'requests.keep.days').text()).toContain('A whole number from 1 to 3,650');
    expect(row(page, 'requests.keep.days').get('input').attributes('aria-invalid')).toBe('true');
    expect(rpc.calls.filter(({ name }) => name === 'settings.set')).toEqual([]);
    await row(page, 'requests.keep.days').get('input').trigger('keydown', { key: 'Escape' });
    expect(row(page, 'requests.keep.days').text()).not.toContain('A whole number');
  });

  it('keeps its field open while a value is on its way, and sends the next one after it', async () => {
    const sent: SettingValue[] = [];
    const answers: (() => void)[] = [];
    const { page } = await open('/settings/routing', {
      'settings.set': async ({ path, value }) => {
        sent.push(value);
        await new Promise<void>((resolve) => void answers.push(resolve));
        values[path] = value;
        return view();
      },
    });
    await type(page, 'routing.retries', '4');
    expect(row(page, 'routing.retries').get('input').element.disabled).toBe(false);
    await type(page, 'routing.retries', '5');
    expect(sent).toEqual([4]);
    for (let round = 0; round < 2; round += 1) {
      answers[round]?.();
      await flushPromises();
    }
    expect(sent).toEqual([4, 5]);
    expect(row(page, 'routing.retries').get('input').element.value).toBe('5');
  });

  it('that is emptied leaves the file', async () => {
    values['routing.default_model'] = 'fast';
    const { page } = await open('/settings/routing');
    await type(page, 'routing.default_model', '');
    expect(values['routing.default_model']).toBeUndefined();
  });

  it('that a variable decides cannot be changed and names it', async () => {
    locked['logging.level'] = 'LOG_LEVEL';
    const { page } = await open('/settings/logging');
    expect(row(page, 'logging.level').text()).toContain('Decided by LOG_LEVEL. Change it there.');
    expect(row(page, 'logging.level').get('select').element.disabled).toBe(true);
  });

  it("shows the gateway's own sentence where it refuses", async () => {
    const { page } = await open('/settings/network', {
      'settings.set': () => {
        throw new RpcError('unavailable', '/home/me/config.yaml cannot be written: the disk is full.');
      },
    });
    await row(page, 'network.proxy').get('select').setValue('none');
    await flushPromises();
    expect(row(page, 'network.proxy').text()).toContain('the disk is full');
    expect(row(page, 'network.proxy').get('select').element.value).toBe('system');
  });

  it('takes a proxy by its address only when it is one', async () => {
    const { page } = await open('/settings/network');
    await row(page, 'network.proxy').get('select').setValue('address');
    await type(page, 'network.proxy', 'socks5://proxy');
    expect(row(page, 'network.proxy').text()).toContain('Write an HTTP proxy');
    expect(values['network.proxy']).toBeUndefined();
    await type(page, 'network.proxy', 'http://proxy.example:3128');
    expect(values['network.proxy']).toBe('http://proxy.example:3128');
    await type(page, 'network.no_proxy', 'localhost, .example.com，10.0.0.1');
    expect(values['network.no_proxy']).toEqual(['localhost', '.example.com', '10.0.0.1']);
  });
});

describe('a change', () => {
  const undo = (page: VueWrapper, id: string) => row(page, id).find('button[aria-label^="Undo the change"]');

  it('has its undo beside it, which leaves the focus in the row', async () => {
    const { page } = await open('/settings/requests');
    expect(undo(page, 'requests.keep.days').exists()).toBe(false);
    await type(page, 'requests.keep.days', '7');
    const button = undo(page, 'requests.keep.days').element;
    if (button instanceof HTMLElement) button.focus();
    await undo(page, 'requests.keep.days').trigger('click');
    await flushPromises();
    expect(row(page, 'requests.keep.days').get('input').element.value).toBe('30');
    expect(undo(page, 'requests.keep.days').exists()).toBe(false);
    expect(document.activeElement).toBe(row(page, 'requests.keep.days').get('input').element);
  });

  it('that is a reset is taken back too, by key the last one first', async () => {
    values['requests.keep.days'] = 7;
    const { page } = await open('/settings/requests');
    await row(page, 'requests.keep.days').get('button[aria-label="Reset to 30"]').trigger('click');
    await flushPromises();
    await type(page, 'requests.keep.rows', '5');
    const pressU = async () => {
      useShortcutStore().handle(new KeyboardEvent('keydown', { key: 'u' }));
      await flushPromises();
    };
    await pressU();
    expect(values['requests.keep.rows']).toBeUndefined();
    expect(values['requests.keep.days']).toBeUndefined();
    await pressU();
    expect(values['requests.keep.days']).toBe(7);
  });

  it('of an earlier visit offers none, nor one that others wrote over', async () => {
    before.set('requests.keep.days', 1);
    values['requests.keep.days'] = 7;
    const { page } = await open('/settings/requests');
    expect(undo(page, 'requests.keep.days').exists()).toBe(false);
    await type(page, 'requests.keep.rows', '5');
    expect(undo(page, 'requests.keep.rows').exists()).toBe(true);
    before.delete('requests.keep.rows');
    await type(page, 'requests.keep.days', '8');
    expect(undo(page, 'requests.keep.rows').exists()).toBe(false);
  });
});

describe('what is changed only', () => {
  const filter = (page: VueWrapper) => page.get('button[aria-pressed]');
  const ids = (page: VueWrapper) =>
    page.findAll('[data-setting]').map((one) => one.attributes('data-setting'));

  it('stands in sections of its own, and stays when it is reset there', async () => {
    values['requests.keep.days'] = 7;
    values['cache.enabled'] = true;
    const { page } = await open('/settings/gateway');
    expect(filter(page).text()).toContain('2');
    await filter(page).trigger('click');
    expect(ids(page)).toEqual(['requests.keep.days', 'cache.enabled']);
    await row(page, 'requests.keep.days').get('button[aria-label="Reset to 30"]').trigger('click');
    await flushPromises();
    expect(ids(page)).toEqual(['requests.keep.days', 'cache.enabled']);
    await page.get('input[type=search]').setValue('cache');
    expect(ids(page)).toEqual(['cache.enabled']);
    await page.get('input[type=search]').setValue('');
    await filter(page).trigger('click');
    await filter(page).trigger('click');
    expect(ids(page)).toEqual(['cache.enabled']);
  });

  it('is nothing at first, and says so', async () => {
    const { page } = await open('/settings/gateway');
    await filter(page).trigger('click');
    expect(page.text()).toContain('Every setting is as it came');
    await press('Show all', document.body);
    expect(ids(page)).toContain('server.port');
  });
});

describe('a port that is taken', () => {
  it('is told with its holder, and the free one is a press away', async () => {
    const { page } = await open('/settings/gateway', {
      'settings.set': ({ path, value }) => {
        if (value === 8_080) throw new RpcError('conflict', 'Port 8080 is taken.', 'server.port');
        values[path] = value;
        return view();
      },
      'settings.freePort': () => ({ port: 8_081, holder: { name: 'Docker Desktop', pid: 2_114 } }),
    });
    await type(page, 'server.port', '8080');
    expect(row(page, 'server.port').text()).toContain(
      '8080 is taken by “Docker Desktop” (pid 2114). Still listening on 8000.',
    );
    expect(row(page, 'server.port').get('input').element.value).toBe('8080');
    await press('Use 8081', row(page, 'server.port').element);
    expect(values['server.port']).toBe(8_081);
    expect(row(page, 'server.port').text()).not.toContain('taken');
  });

  it('is told without a name where the system does not say', async () => {
    const { page } = await open('/settings/gateway', {
      'settings.set': () => {
        throw new RpcError('conflict', 'Port 8080 is taken.', 'server.port');
      },
      'settings.freePort': () => ({ port: null, holder: null }),
    });
    await type(page, 'server.port', '8080');
    expect(row(page, 'server.port').text()).toContain('8080 is taken by another program.');
    expect(row(page, 'server.port').findAll('button')).toHaveLength(0);
  });
});

describe('the client key', () => {
  it('is made here, shown once, and known by its end afterwards', async () => {
    const { page } = await open('/settings/gateway');
    await press('Make a key', row(page, 'server.api_key').element);
    const made = String(values['server.api_key']);
    expect(made).toMatch(/^sy-[\w-]{32}$/);
    expect(dialog()?.textContent).toContain(made);
    await press('Done', dialog());
    expect(document.body.textContent).not.toContain(made);
    expect(row(page, 'server.api_key').text()).toContain(`…${made.slice(-4)}`);
  });

  it('goes only after a question', async () => {
    values['server.api_key'] = 'sy-0123456789abcdef';
    const { page } = await open('/settings/gateway');
    await press('Remove', row(page, 'server.api_key').element);
    expect(dialog()?.textContent).toContain('…cdef cannot be read back.');
    await press('Cancel', dialog());
    expect(values['server.api_key']).toBeDefined();
    await press('Remove', row(page, 'server.api_key').element);
    await press('Remove', dialog());
    expect(values['server.api_key']).toBeUndefined();
  });
});

describe('the page', () => {
  it('finds settings by their names in either language, and says when there is none', async () => {
    const { page } = await open('/settings/gateway');
    const search = page.get('input[type=search]');
    await search.setValue('端口');
    expect(page.findAll('[data-setting]').map((one) => one.attributes('data-setting'))).toEqual([
      'server.port',
    ]);
    expect(page.get('[role=status]').text()).toBe('1 setting matches');
    await search.setValue('toaster');
    expect(page.text()).toContain('No setting matches this search');
    await press('Clear search');
    expect(page.find('[data-setting="server.host"]').exists()).toBe(true);
  });

  it('counts what was changed beside each section', async () => {
    values['requests.keep.days'] = 7;
    values['requests.bodies'] = 'off';
    const { page } = await open('/settings/gateway');
    const entry = page.findAll('nav button').find((one) => one.text().includes('Requests'));
    expect(entry?.find('[role=img]').attributes('aria-label')).toBe('2 changed');
  });

  it('reads again when somebody else changes the configuration', async () => {
    const { page, rpc } = await open('/settings/requests');
    values['requests.keep.days'] = 3;
    rpc.emit({ topic: 'config.changed', data: null });
    await flushPromises();
    expect(row(page, 'requests.keep.days').get('input').element.value).toBe('3');
  });

  it('says why the settings are not there and tries again', async () => {
    let fails = true;
    const { page } = await open('/settings/gateway', {
      'settings.list': () => {
        if (fails) throw new RpcError('internal', 'The gateway failed.');
        return view();
      },
    });
    expect(page.text()).toContain('The settings could not be read');
    fails = false;
    await press('Try again');
    expect(page.find('[data-setting="server.port"]').exists()).toBe(true);
  });

  it('explains in a browser what only the desktop has', async () => {
    const { page } = await open('/settings/desktop');
    expect(page.text()).toContain('Only in the desktop app');
    expect(page.findAll('[role=switch]')).toHaveLength(0);
  });

  it('shows what a link leads to, whatever was looked for before', async () => {
    const { page } = await open('/settings/routing');
    await page.get('button[aria-pressed]').trigger('click');
    expect(page.find('[data-setting="routing.retries"]').exists()).toBe(false);
    await page.vm.$router.push('/settings/routing?item=routing.retries');
    await flushPromises();
    expect(document.activeElement).toBe(row(page, 'routing.retries').get('input').element);
  });

  it('takes the focus to the setting that a link names', async () => {
    const { page } = await open('/settings/gateway?item=server.port');
    expect(document.activeElement).toBe(row(page, 'server.port').get('input').element);
  });
});

describe('diagnostics', () => {
  const made = { text: '{\n  "version": "0.1.0"\n}', name: 'switchyard-diagnostics.json' };

  it('are shown in full before they can be copied or saved', async () => {
    const { page, rpc } = await open('/settings/about', { 'diagnostics.make': () => made });
    expect(rpc.calls.some(({ name }) => name === 'diagnostics.make')).toBe(false);
    await press('Show', row(page, 'about.diagnostics').element);
    expect(dialog()?.textContent).toContain('"version": "0.1.0"');
    const buttons = [...(dialog()?.querySelectorAll('button') ?? [])].map((one) => one.textContent.trim());
    expect(buttons).toEqual(expect.arrayContaining(['Save as a file', 'Copy']));
  });

  it('are opened by their address, and say why they could not be made', async () => {
    await open('/settings/about?open=diagnostics', {
      'diagnostics.make': () => {
        throw new RpcError('unavailable', 'The log cannot be read.');
      },
    });
    await flushPromises();
    expect(dialog()?.textContent).toContain('The log cannot be read.');
    expect(dialog()?.textContent).toContain('Try again');
  });
});

it('what only the file can set is shown with its path and what it comes to', async () => {
  const { page } = await open('/settings/monitoring');
  expect(row(page, 'monitoring.webhook.url').text()).toContain('hooks.example');
  expect(row(page, 'monitoring.alerts').text()).toContain('monitoring.alerts');
});

it('every call is told with whom it goes to', async () => {
  const { page } = await open('/settings/about', {
    'prices.status': () => ({
      source: 'bundled',
      asOf: '2026-11-01',
      models: 1,
      url: 'https://prices.example/data.json',
      fetchedAt: null,
      problem: null,
    }),
  });
  const text = row(page, 'about.calls').text();
  expect(text).toContain('prices.example');
  expect(text).toContain('hooks.example');
  expect(text).toContain('no telemetry');
});

describe('on the desktop', () => {
  it('switches show what the host answers', async () => {
    let info = sampleDesktop({ openAtLogin: null });
    const desktop = createFakeDesktop({
      'desktop.info': () => info,
      'desktop.set': ({ closeToTray = true }) => (info = { ...info, closeToTray }),
    });
    const { page } = await open('/settings/desktop', {}, desktop);
    const tray = row(page, 'desktop.closeToTray').get('[role=switch]');
    await tray.trigger('click');
    await flushPromises();
    expect(desktop.calls).toContainEqual({ name: 'desktop.set', input: { closeToTray: false } });
    expect(info.closeToTray).toBe(false);
    expect(row(page, 'desktop.openAtLogin').text()).toContain('This system offers no such thing');
    expect(row(page, 'desktop.keychain').text()).toContain('Keys are kept in Secret Service.');
  });

  it('notifications are turned off kind by kind, and one can be tried', async () => {
    let info = sampleDesktop();
    const desktop = createFakeDesktop({
      'desktop.info': () => info,
      'desktop.set': ({ quiet = [], notifications = info.notifications }) =>
        (info = { ...info, quiet, notifications }),
      'desktop.tryNotification': () => ({ shown: false }),
    });
    const { page } = await open('/settings/desktop', {}, desktop);
    const switchOf = (id: string) => row(page, id).get('input');
    await switchOf('desktop.notice.budget').trigger('click');
    await flushPromises();
    expect(info.quiet).toEqual(['budget']);
    expect(switchOf('desktop.notice.budget').element.checked).toBe(false);
    expect(switchOf('desktop.notice.provider').element.checked).toBe(true);
    await press('Try it', row(page, 'desktop.notifications').element);
    expect(row(page, 'desktop.notifications').text()).toContain('shows no notifications');
    await switchOf('desktop.notifications').trigger('click');
    await flushPromises();
    expect(switchOf('desktop.notice.provider').attributes('disabled')).toBeDefined();
  });

  it('a keychain that does not answer is tried again', async () => {
    let place = samplePlace({ state: 'unavailable', message: 'The keychain did not answer within 5 s.' });
    const desktop = createFakeDesktop({
      'desktop.info': () => sampleDesktop({ secrets: place }),
      'secrets.retry': () => (place = samplePlace()),
    });
    const { page } = await open('/settings/desktop', {}, desktop);
    expect(row(page, 'desktop.keychain').text()).toContain('did not answer within 5 s');
    await press('Try again', row(page, 'desktop.keychain').element);
    expect(row(page, 'desktop.keychain').text()).toContain('Keys are kept in Secret Service.');
  });

  it('without a keychain a sealed file needs consent and the same passphrase twice', async () => {
    let place = samplePlace({ kind: 'memory', state: 'no-keychain', message: null });
    const desktop = createFakeDesktop({
      'desktop.info': () => sampleDesktop({ secrets: place }),
      'secrets.useSealed': () => (place = samplePlace({ kind: 'sealed', name: 'secrets.enc' })),
    });
    const { page } = await open('/settings/desktop', {}, desktop);
    await press('Keep keys in a sealed file', row(page, 'desktop.keychain').element);
    expect(dialog()?.textContent).toContain('Nobody can bring back a forgotten passphrase');
    const fields = [...(dialog()?.querySelectorAll('input') ?? [])];
    const fill = (texts: readonly string[]): void =>
      fields.forEach((field, index) => {
        field.value = texts[index] ?? '';
        field.dispatchEvent(new Event('input'));
      });
    const submit = async (): Promise<void> => {
      dialog()
        ?.querySelector('form')
        ?.dispatchEvent(new Event('submit', { cancelable: true }));
      await flushPromises();
    };
    fill(['short', 'short']);
    await submit();
    expect(dialog()?.textContent).toContain('A passphrase has at least 12 characters');
    fill(['correct horse', 'correct house']);
    await submit();
    expect(dialog()?.textContent).toContain('The two passphrases differ');
    fill(['correct horse', 'correct horse']);
    await submit();
    expect(desktop.calls).toContainEqual({
      name: 'secrets.useSealed',
      input: { passphrase: 'correct horse' },
    });
    expect(dialog()).toBeNull();
    expect(row(page, 'desktop.keychain').text()).toContain('Keys are kept in secrets.enc.');
  });
});
