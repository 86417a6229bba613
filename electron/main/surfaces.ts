/** What the user sees of the app besides its window: tray, menu and notifications, kept current. */
import type { MenuCommandId } from '../../contract/rpc/commands.ts';
import type { Clock, Logger } from '../../gateway/index.ts';
import type { Preferences } from './desktop/preferences.ts';
import { watchGateway, type WatchedControl } from './gateway-watch.ts';
import { menuModel, type MenuAct, type MenuGroup } from './menu/model.ts';
import { noticeText } from './notify/notice-text.ts';
import { createNotices, kindOf, type Notice } from './notify/notices.ts';
import type { OpenedPlace } from '../../contract/rpc/pages.ts';
import { trayModel, type TrayAct, type TrayModel } from './tray/model.ts';
import { createTranslate, languageOf, type Language, type Translate } from './words.ts';

export interface SurfaceControl extends WatchedControl {
  /** Answers why it was not done, or null. */
  pause(paused: boolean): Promise<string | null>;
}

export interface SurfacePorts {
  readonly control: SurfaceControl;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly platform: NodeJS.Platform;
  /** Adds the tools of developers to the menu. */
  readonly developer: boolean;
  readonly preferences: { get(): Pick<Preferences, 'language' | 'notifications' | 'quiet'> };
  /** Language of the operating system, e.g. `zh-CN`. */
  readonly systemLanguage: () => string;
  readonly tray: { show(model: TrayModel): void };
  readonly showMenu: (groups: readonly MenuGroup[]) => void;
  readonly notify: (text: { readonly title: string; readonly body: string }, act: () => void) => boolean;
  /** True while the user sees the window, which then says everything itself. */
  readonly isWatched: () => boolean;
  readonly open: (page?: OpenedPlace) => void;
  /** Has the page do something, once it is there. */
  readonly command: (id: MenuCommandId) => void;
  readonly closeWindow: () => void;
  readonly resetWindow: () => void;
  readonly isWindowLost: () => boolean;
  readonly copy: (text: string) => void;
  readonly openDataFolder: () => void;
  readonly about: () => void;
  readonly quit: () => void;
}

export interface Surfaces {
  readonly t: Translate;
  /** The user's, as of now. */
  readonly language: () => Language;
  /** Language or preferences are others now. */
  refresh(): void;
  /** The machine woke from a sleep: state and figures are read anew. */
  woke(): void;
  trayAct(act: TrayAct): void;
  menuAct(act: MenuAct): void;
  /** Notifies of it unless the user sees the window or wants no notification of its kind. */
  tell(notice: Notice): void;
  /** Tells once that the closed window left the gateway running. */
  tellOfBackground(): void;
  /** @returns false where the system shows none */
  tryNotification(): boolean;
  stop(): void;
}

export function createSurfaces(ports: SurfacePorts): Surfaces {
  const { control, clock, logger, preferences, platform, developer } = ports;
  const language = () => languageOf(preferences.get().language, ports.systemLanguage());
  const t: Translate = (key, values) => createTranslate(language())(key, values);
  let menuShown = '';

  const notices = createNotices(clock, tell);
  function tell(notice: Notice): void {
    const { notifications, quiet } = preferences.get();
    if (!notifications || quiet.includes(kindOf(notice)) || ports.isWatched()) return;
    const { title, body, page } = noticeText(notice, language());
    ports.notify({ title, body }, () => ports.open(page));
  }
  const watch = watchGateway({
    control,
    clock,
    logger,
    changed: refresh,
    statusSeen: (status) => notices.status(status),
    providersSeen: (views) => notices.providers(views),
  });

  function refresh(): void {
    const facts = { ...watch.facts(), windowLost: ports.isWindowLost() };
    ports.tray.show(trayModel(facts, t, language()));
    const menu = menuModel({ platform, developer, paused: facts.status?.state === 'paused' }, t);
    const text = JSON.stringify(menu);
    if (text === menuShown) return;
    menuShown = text;
    ports.showMenu(menu);
  }

  async function pause(paused: boolean): Promise<void> {
    const reason = await control.pause(paused);
    if (reason !== null) logger.warn('The gateway was not paused or resumed', { reason });
  }

  function copyAddress(): void {
    const address = watch.facts().status?.address ?? '';
    if (address !== '') ports.copy(`${address}/v1`);
  }

  return {
    t,
    language,
    refresh,
    woke: () => watch.look(),
    trayAct(act) {
      switch (act) {
        case 'open':
          return ports.open();
        case 'reset-window':
          return ports.resetWindow();
        case 'connect':
          return ports.open('connect');
        case 'problems':
        case 'diagnostics':
          ports.open();
          return ports.command(act);
        case 'copy-address':
          return copyAddress();
        case 'quit':
          return ports.quit();
        case 'pause':
        case 'resume':
          return void pause(act === 'pause');
      }
    },
    menuAct(act) {
      switch (act.kind) {
        case 'page':
          return ports.open(act.page);
        case 'command':
          ports.open();
          return ports.command(act.id);
        case 'pause':
          return void pause(act.paused);
        case 'copy-address':
          return copyAddress();
        case 'data-folder':
          return ports.openDataFolder();
        case 'reset-window':
          return ports.resetWindow();
        case 'about':
          return ports.about();
        case 'close':
          return ports.closeWindow();
        case 'quit':
          return ports.quit();
      }
    },
    tell,
    tellOfBackground() {
      const text = { title: t('desktop.notices.background'), body: t('desktop.notices.backgroundBody') };
      ports.notify(text, () => ports.open());
    },
    tryNotification() {
      const text = { title: t('desktop.notices.tried'), body: t('desktop.notices.triedBody') };
      return ports.notify(text, () => ports.open('settings'));
    },
    stop: () => watch.stop(),
  };
}
