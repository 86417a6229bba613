/** The module `electron` of the main process: every part is made here and told of the others. */
import { join } from 'node:path';
import { App } from './app/app.ts';
import { CommandLine } from './app/command-line.ts';
import { findEntry } from './app/entry.ts';
import { Paths } from './app/paths.ts';
import { connectCdp, type Cdp } from './chromium/cdp.ts';
import { closePopups } from './chromium/popups.ts';
import { startChromium, type Chromium } from './chromium/start.ts';
import { IpcMain } from './ipc/ipc-main.ts';
import { watchDownloads } from './native/downloads.ts';
import { Session } from './native/session.ts';
import { createSchemeServer, type SchemeHandler } from './protocol/scheme-server.ts';
import { createUtilityProcesses } from './utility-process/fork.ts';
import { BrowserWindow as Window, WindowList, type WindowOptions } from './window/browser-window.ts';
import type { WebContents } from './window/web-contents.ts';

export { clipboard, nativeTheme, powerMonitor, screen, shell } from './native/desk.ts';
export { dialog } from './native/dialog.ts';
export { Menu, MenuItem } from './native/menu.ts';
export { nativeImage } from './native/native-image.ts';
export { Notification } from './native/notification.ts';
export { Tray } from './native/tray.ts';

const entry = findEntry(process.argv);
// Of a packaged app its own; a test may say which files lie there.
Reflect.set(process, 'resourcesPath', process.env['STAND_IN_RESOURCES'] ?? entry.folder);
const commandLine = new CommandLine(process.argv.slice(1));
const paths = new Paths(entry.name, commandLine.getSwitchValue('user-data-dir'));
const server = createSchemeServer();
const connection = Promise.withResolvers<Cdp>();
const utilities = createUtilityProcesses();
let chromium: Chromium | null = null;

export const ipcMain = new IpcMain();
export const utilityProcess = { fork: utilities.fork };

const list = new WindowList({ cdp: connection.promise, ipcMain, server }, (event, ...args) => {
  if (event === 'window-all-closed' && !isClosing && app.listenerCount(event) === 0) app.quit();
  else app.emit(event, ...args);
});
let isClosing = false;

export const app: App = new App({
  ...entry,
  paths,
  commandLine,
  closeWindows() {
    isClosing = true;
    for (const window of [...list.windows]) window.close();
    isClosing = false;
    return list.windows.length === 0;
  },
  async end() {
    utilities.endAll();
    server.close();
    if (chromium === null) return;
    // As Electron, it writes down what pages stored before it ends.
    const cdp = await connection.promise;
    cdp.send('Browser.close').catch(() => undefined);
    await chromium.ended();
  },
});

export class BrowserWindow extends Window {
  static getAllWindows(): readonly Window[] {
    return list.windows;
  }

  static getFocusedWindow(): Window | null {
    return list.windows.find((window) => window.isFocused()) ?? null;
  }

  static fromWebContents(contents: WebContents): Window | null {
    return list.windows.find(({ webContents: own }) => own === contents) ?? null;
  }

  static fromId(id: number): Window | null {
    return list.windows.find((window) => window.id === id) ?? null;
  }

  constructor(options: WindowOptions = {}) {
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    super(list, options);
  }
}

const contents = (): readonly WebContents[] => list.windows.map(({ webContents: own }) => own);

export const webContents = {
  getAllWebContents: contents,
  fromId: (id: number) => contents().find((one) => one.id === id),
  fromDevToolsTargetId: (id: string) => contents().find(({ targetId }) => targetId === id),
};

export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly { readonly scheme: string }[]): void {
    if (app.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    privileged.push(...schemes.map(({ scheme }) => scheme));
  },
  handle(scheme: string, handler: SchemeHandler): void {
    if (!privileged.includes(scheme)) throw new Error(`${scheme}: is not registered as a standard scheme.`);
    if (server.handlers.size > 0) throw new Error('The stand-in serves one scheme.');
    server.handlers.set(scheme, handler);
  },
  unhandle: (scheme: string) => server.handlers.delete(scheme),
  isProtocolHandled: (scheme: string) => server.handlers.has(scheme),
};
const privileged: string[] = [];

const defaultSession = new Session(connection.promise, protocol);
export const session = { defaultSession, fromPartition: () => defaultSession };

/** The stand-in's own: starts Chromium where the app keeps its data, then lets the app begin. */
export async function start(): Promise<void> {
  chromium = await startChromium({
    profile: join(app.getPath('sessionData'), 'Chromium'),
    language: commandLine.getSwitchValue('lang'),
    schemePort: await server.listen(),
  });
  const cdp = await connectCdp(chromium.endpoint);
  await closePopups(cdp);
  await watchDownloads(cdp, join(app.getPath('sessionData'), 'Chromium', 'Downloads'), (item) =>
    defaultSession.emit('will-download', {}, item, list.windows[0]?.webContents),
  );
  connection.resolve(cdp);
  // Playwright waits for this line.
  process.stderr.write(`DevTools listening on ${chromium.endpoint}\n`);
  app.becomeReady();
}

const electron = {
  app,
  BrowserWindow,
  ipcMain,
  protocol,
  session,
  utilityProcess,
  webContents,
};
// Packages such as electron-store import the module as a whole.
export { electron as default };
