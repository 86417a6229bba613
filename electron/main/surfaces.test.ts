import { beforeEach, describe, expect, it } from 'vitest';
import { asSaid } from '../../gateway/index.ts';
import type { GatewayStatus } from '../../contract/rpc/procedures/gateway.ts';
import { createEventHub } from '../../gateway/control/event-hub.ts';
import { createSteppedClock } from '../../gateway/testing/clock.ts';
import { silentLogger } from '../../gateway/testing/silent-logger.ts';
import { testProvider, testStatus } from '../testing/facts.ts';
import type { Preferences } from './desktop/preferences.ts';
import type { MenuGroup } from './menu/model.ts';
import { PATIENCE } from './notify/notices.ts';
import { createSurfaces, type SurfaceControl } from './surfaces.ts';
import type { TrayModel } from './tray/model.ts';

let preferences: Pick<Preferences, 'language' | 'notifications' | 'quiet'>;
beforeEach(() => {
  preferences = { language: null, notifications: true, quiet: [] };
});

function setup(first: GatewayStatus = testStatus()) {
  const clock = createSteppedClock();
  const hub = createEventHub();
  const log: unknown[] = [];
  const trays: TrayModel[] = [];
  const menus: (readonly MenuGroup[])[] = [];
  const clicks: (() => void)[] = [];
  let requests = 3;
  let watched = false;
  const control: SurfaceControl = {
    status: () => Promise.resolve(first),
    providers: () => Promise.resolve([testProvider('a')]),
    figuresSince: (since) => {
      log.push(['count', new Date(since).getHours()]);
      return Promise.resolve({ requests: (requests += 1), cost: 0 });
    },
    pause: (paused) => {
      log.push(['pause', paused]);
      return Promise.resolve(paused ? null : 'It is draining.');
    },
    subscribe: (topics, deliver) => hub.subscribe(topics, deliver),
  };
  const surfaces = createSurfaces({
    control,
    clock,
    logger: silentLogger,
    platform: 'linux',
    developer: false,
    preferences: { get: () => preferences },
    systemLanguage: () => 'en-US',
    tray: { show: (model) => trays.push(model) },
    showMenu: (groups) => menus.push(groups),
    notify(text, act) {
      log.push(['notify', text.title]);
      clicks.push(act);
      return true;
    },
    isWatched: () => watched,
    open: (page) => log.push(['open', page]),
    command: (id) => log.push(['command', id]),
    closeWindow: () => log.push(['close']),
    resetWindow: () => log.push(['reset-window']),
    isWindowLost: () => false,
    copy: (text) => log.push(['copy', text]),
    openDataFolder: () => log.push(['folder']),
    about: () => log.push(['about']),
    quit: () => log.push(['quit']),
  });
  return {
    clock,
    hub,
    log,
    trays,
    menus,
    clicks,
    surfaces,
    watch: () => {
      watched = true;
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const first = (model: TrayModel | undefined): unknown => model?.entries[0];

describe('tray and menu', () => {
  it('follow the gateway', async () => {
    const { hub, trays, menus } = setup();
    await settled();
    expect(first(trays.at(-1))).toMatchObject({ text: 'Running' });
    expect(trays.at(-1)?.entries[1]).toMatchObject({ text: '4 requests today · $0.00' });
    hub.publish({ topic: 'gateway.changed', data: testStatus({ state: 'paused' }) });
    expect(first(trays.at(-1))).toMatchObject({ text: 'Paused' });
    expect(JSON.stringify(menus.at(-1))).toContain('Resume the gateway');
  });

  it('make no new menu for what it does not show', async () => {
    const { hub, menus } = setup();
    await settled();
    const before = menus.length;
    hub.publish({ topic: 'gateway.changed', data: testStatus({ inFlight: 3 }) });
    expect(menus).toHaveLength(before);
  });

  it('speak the language as soon as it is chosen', async () => {
    const { trays, menus, surfaces } = setup();
    await settled();
    preferences = { ...preferences, language: 'zh-CN' };
    surfaces.refresh();
    expect(first(trays.at(-1))).toMatchObject({ text: '运行中' });
    expect(menus.at(-1)?.map(({ text }) => text)).toContain('编辑');
  });

  it('count requests again only while there are some, and once a minute', async () => {
    const { hub, clock, log, trays } = setup();
    await settled();
    const counts = () => log.filter((entry) => Array.isArray(entry) && entry[0] === 'count');
    expect(counts()).toEqual([['count', 0]]);
    const busy = testStatus({ requestsPerMinute: 5 });
    hub.publish({ topic: 'gateway.changed', data: busy });
    clock.step(60_000);
    hub.publish({ topic: 'gateway.changed', data: testStatus() });
    await settled();
    expect(counts()).toHaveLength(1);
    hub.publish({ topic: 'gateway.changed', data: busy });
    await settled();
    expect(counts()).toHaveLength(2);
    expect(trays.at(-1)?.entries[1]).toMatchObject({ text: '5 requests today · $0.00' });
    hub.publish({ topic: 'requests.cleared', data: null });
    await settled();
    expect(counts()).toHaveLength(3);
  });

  it('read and count anew when the machine wakes, whatever the clock says of the last time', async () => {
    const { surfaces, trays } = setup();
    await settled();
    expect(trays.at(-1)?.entries[1]).toMatchObject({ text: '4 requests today · $0.00' });
    surfaces.woke();
    await settled();
    expect(trays.at(-1)?.entries[1]).toMatchObject({ text: '5 requests today · $0.00' });
  });

  it('act', async () => {
    const { surfaces, log } = setup();
    await settled();
    log.length = 0;
    for (const act of ['open', 'copy-address', 'connect', 'problems', 'diagnostics'] as const)
      surfaces.trayAct(act);
    for (const act of ['pause', 'resume', 'quit'] as const) surfaces.trayAct(act);
    surfaces.menuAct({ kind: 'page', page: 'models' });
    surfaces.menuAct({ kind: 'command', id: 'palette' });
    surfaces.menuAct({ kind: 'pause', paused: true });
    for (const kind of ['copy-address', 'data-folder', 'about', 'reset-window', 'close', 'quit'] as const)
      surfaces.menuAct({ kind });
    expect(log).toEqual([
      ['open', undefined],
      ['copy', 'http://127.0.0.1:8000/v1'],
      ['open', 'connect'],
      ['open', undefined],
      ['command', 'problems'],
      ['open', undefined],
      ['command', 'diagnostics'],
      ['pause', true],
      ['pause', false],
      ['quit'],
      ['open', 'models'],
      ['open', undefined],
      ['command', 'palette'],
      ['pause', true],
      ['copy', 'http://127.0.0.1:8000/v1'],
      ['folder'],
      ['about'],
      ['reset-window'],
      ['close'],
      ['quit'],
    ]);
  });

  it('copy no address the gateway does not have', async () => {
    const { surfaces, log } = setup(testStatus({ address: '', state: 'starting' }));
    await settled();
    surfaces.trayAct('copy-address');
    expect(log.filter((entry) => Array.isArray(entry) && entry[0] === 'copy')).toEqual([]);
  });

  it('end', async () => {
    const { hub, surfaces } = setup();
    await settled();
    surfaces.stop();
    expect(hub.listening).toBe(false);
  });
});

describe('notifications', () => {
  const trouble = (hub: ReturnType<typeof setup>['hub']): void =>
    hub.publish({ topic: 'providers.changed', data: [testProvider('a', 'no_usable_key')] });
  const titles = (log: readonly unknown[]) =>
    log.filter((entry) => Array.isArray(entry) && entry[0] === 'notify');

  it('come, and open the page when they are clicked', async () => {
    const { hub, clock, log, clicks } = setup();
    await settled();
    trouble(hub);
    clock.step(PATIENCE);
    expect(titles(log)).toEqual([['notify', 'A has no usable key']]);
    clicks[0]?.();
    expect(log.at(-1)).toEqual(['open', 'providers']);
  });

  it('do not come where they are turned off, or the user is looking', async () => {
    const off = setup();
    const looking = setup();
    looking.watch();
    await settled();
    preferences = { ...preferences, notifications: false };
    trouble(off.hub);
    off.clock.step(PATIENCE);
    preferences = { ...preferences, notifications: true };
    trouble(looking.hub);
    looking.clock.step(PATIENCE);
    expect([titles(off.log), titles(looking.log)]).toEqual([[], []]);
  });

  it('stay away kind by kind', async () => {
    const { hub, clock, log } = setup();
    await settled();
    preferences = { ...preferences, quiet: ['provider'] };
    trouble(hub);
    clock.step(PATIENCE);
    expect(titles(log)).toEqual([]);
    const message = 'Nothing is left of it.';
    const told = asSaid(message);
    const problems = [{ code: 'budget_spent', message, told } as const];
    hub.publish({ topic: 'gateway.changed', data: testStatus({ problems }) });
    expect(titles(log)).toEqual([['notify', 'A budget needs a look']]);
  });

  it('tell of a newer version, and stay away where that is not wanted', async () => {
    const { surfaces, log, clicks } = setup();
    await settled();
    surfaces.tell({ kind: 'update-available', version: '2.0.0' });
    surfaces.tell({ kind: 'update-ready', version: '2.0.0' });
    expect(titles(log)).toEqual([
      ['notify', 'Switchyard 2.0.0 is there'],
      ['notify', 'Switchyard 2.0.0 is ready'],
    ]);
    clicks[1]?.();
    expect(log.at(-1)).toEqual(['open', 'settings/about']);
    preferences = { ...preferences, quiet: ['update'] };
    surfaces.tell({ kind: 'update-ready', version: '3.0.0' });
    expect(titles(log)).toHaveLength(2);
  });

  it('can be tried', async () => {
    const { surfaces, log } = setup();
    await settled();
    expect(surfaces.tryNotification()).toBe(true);
    expect(titles(log)).toEqual([['notify', 'Notifications work']]);
  });

  it('tell that the closed window left the gateway running', async () => {
    const { surfaces, log, clicks } = setup();
    await settled();
    surfaces.tellOfBackground();
    expect(titles(log)).toEqual([['notify', 'Switchyard keeps running']]);
    clicks[0]?.();
    expect(log.at(-1)).toEqual(['open', undefined]);
  });
});
