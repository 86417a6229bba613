/** Starting with the user's log-in, as each system does it. */
import type { LoginItem } from '../desktop/handlers.ts';
import { isAutostarted, setAutostart } from './autostart-file.ts';

/** The part of Electron's `app` that is used. */
export interface LoginSettings {
  getLoginItemSettings(options: { readonly args: string[] }): { readonly openAtLogin: boolean };
  setLoginItemSettings(settings: { readonly openAtLogin: boolean; readonly args: string[] }): void;
}

/**
 * @param options.command program and arguments that start this app
 * @param options.hidden whether it then starts without a window
 */
export function createLoginItem(options: {
  readonly platform: NodeJS.Platform;
  readonly app: LoginSettings;
  readonly autostartFile: string;
  readonly command: readonly string[];
  readonly hidden: () => boolean;
}): LoginItem {
  const { platform, app, autostartFile, command, hidden } = options;
  const flags = (): string[] => (hidden() ? ['--hidden'] : []);
  if (platform === 'linux') {
    return {
      isSet: () => isAutostarted(autostartFile),
      set: (on) => setAutostart(autostartFile, on ? [...command, ...flags()] : null),
    };
  }
  if (platform !== 'darwin' && platform !== 'win32') {
    return {
      isSet: () => null,
      set: () => Promise.reject(new Error('this system starts no programs at log-in')),
    };
  }
  return {
    // Windows finds the entry only by the arguments it was made with.
    isSet: () => app.getLoginItemSettings({ args: flags() }).openAtLogin,
    set(on) {
      app.setLoginItemSettings({ openAtLogin: on, args: flags() });
      return Promise.resolve();
    },
  };
}
