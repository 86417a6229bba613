/** The app as electron-updater sees it. */
import { join } from 'node:path';
import { getAppCacheDir, type AppAdapter } from 'electron-updater/out/AppAdapter.js';

/** The part of Electron's `app` that is used. */
export interface AdaptedApp {
  readonly isPackaged: boolean;
  getVersion(): string;
  getName(): string;
  getPath(name: 'userData'): string;
  whenReady(): Promise<void>;
  quit(): void;
  relaunch(): void;
}

export function appAdapter(app: AdaptedApp, resources: string): AppAdapter {
  return {
    version: app.getVersion(),
    name: app.getName(),
    isPackaged: app.isPackaged,
    appUpdateConfigPath: join(resources, 'app-update.yml'),
    userDataPath: app.getPath('userData'),
    baseCachePath: getAppCacheDir(),
    whenReady: () => app.whenReady(),
    quit: () => app.quit(),
    relaunch: () => app.relaunch(),
    // Nothing is installed because the app happens to end.
    onQuit: () => undefined,
  };
}
