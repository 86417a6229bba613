/** The procedures about the app itself: its window, its system, its preferences. */
import type { DesktopHandlers, DesktopInfo, SecretPlace } from '../../../contract/rpc/procedures/desktop.ts';
import type { PreferenceStore, Preferences } from './preferences.ts';

/** Whether the system starts the app when the user logs in; null where it has no such thing. */
export interface LoginItem {
  isSet(): boolean | null;
  /** @throws Error with the system's reason */
  set(on: boolean): Promise<void>;
}

export interface DesktopPorts {
  /** What never changes while the app runs. */
  readonly facts: Pick<DesktopInfo, 'platform' | 'version' | 'electron' | 'dataFolder' | 'configFile'>;
  readonly secrets: () => SecretPlace;
  readonly preferences: PreferenceStore;
  readonly loginItem: LoginItem;
  readonly writeClipboard: (text: string) => Promise<void>;
  /** The guarded door to the outside. */
  readonly openExternal: (url: string) => Promise<void>;
  readonly openFolder: (path: string) => Promise<void>;
  /** Shows a notification for trying; false where the system has none. */
  readonly tryNotification: () => boolean;
  readonly quit: () => void;
  /** The page was hidden, with or without text that was typed and not sent. */
  readonly hidden: (unsent: boolean) => void;
  /** Language, theme or another preference was changed. */
  readonly changed: (preferences: Preferences) => void;
}

/** The handlers this file has. */
type Own =
  | 'desktop.info'
  | 'desktop.set'
  | 'desktop.copyText'
  | 'desktop.openExternal'
  | 'desktop.openDataFolder'
  | 'desktop.hidden'
  | 'desktop.tryNotification'
  | 'desktop.quit';

export function desktopHandlers(ports: DesktopPorts): Pick<DesktopHandlers, Own> {
  const { facts, preferences, loginItem } = ports;
  const info = (): DesktopInfo => {
    const { closeToTray, freeWindow, startHidden, notifications, quiet, updates, language, theme } =
      preferences.get();
    return {
      ...facts,
      secrets: ports.secrets(),
      openAtLogin: loginItem.isSet(),
      closeToTray,
      freeWindow,
      startHidden,
      notifications,
      quiet,
      updates,
      language,
      theme,
    };
  };

  return {
    'desktop.info': () => Promise.resolve(info()),
    async 'desktop.set'({ openAtLogin, ...change }) {
      // Asked before: some systems find the entry only by the flags it was made with.
      const atLogin = openAtLogin ?? loginItem.isSet() === true;
      preferences.set(change);
      const { startHidden } = change;
      // Whether the window shows at log-in is written where the system starts the app from.
      if (openAtLogin !== undefined || (startHidden !== undefined && atLogin)) await loginItem.set(atLogin);
      ports.changed(preferences.get());
      return info();
    },
    async 'desktop.copyText'({ text }) {
      await ports.writeClipboard(text);
      return null;
    },
    async 'desktop.openExternal'({ url }) {
      await ports.openExternal(url);
      return null;
    },
    'desktop.hidden'({ unsent }) {
      ports.hidden(unsent);
      return Promise.resolve(null);
    },
    async 'desktop.openDataFolder'() {
      await ports.openFolder(facts.dataFolder);
      return null;
    },
    'desktop.tryNotification': () => Promise.resolve({ shown: ports.tryNotification() }),
    'desktop.quit'() {
      // The answer leaves first.
      setImmediate(ports.quit);
      return Promise.resolve(null);
    },
  };
}
