/** The window with its pages: served over app://, guarded, and heard over IPC. */
import { nativeTheme, protocol, screen, session, shell, type BrowserWindow } from 'electron';
import { createPageFiles, systemClock, type Logger } from '../../gateway/index.ts';
import type { PreferenceStore } from './desktop/preferences.ts';
import { connectRpc, leaveWith } from './rpc/connect.ts';
import type { RpcRouter } from './rpc/router.ts';
import { createMainWindow, type MainWindow } from './window/main-window.ts';
import { createOpenExternal, guardContents, guardPermissions } from './window/navigation.ts';
import { PAGE_SCHEME } from './window/origin.ts';
import { createPageHandler } from './window/page-protocol.ts';
import { placeWindow } from './window/placement.ts';

/** Ground of the pages before they paint: `--color-app` of `renderer/app/tokens.css`. */
const GROUND = { light: '#f0f3f5', dark: '#111416' };

export interface PagesHost {
  readonly window: MainWindow;
  /** The guarded door to the outside. @throws RpcError for all but https and mailto addresses */
  readonly openExternal: (url: string) => Promise<void>;
  /** Requests of the page, which wait until now, are answered. */
  serve(router: RpcRouter): void;
}

/** @param ports.hidesOnClose true when closing only hides the window; asked as the user closes it */
export function hostPages(ports: {
  /** Folder of the built pages. */
  readonly renderer: string;
  readonly preload: string;
  readonly preferences: PreferenceStore;
  readonly hidesOnClose: () => boolean;
  /** The page holds what was typed and not sent, as it said when it was hidden. */
  readonly holdsText: () => boolean;
  readonly logger: Logger;
}): PagesHost {
  const { renderer, preload, preferences, hidesOnClose, holdsText, logger } = ports;
  const { promise: router, resolve } = Promise.withResolvers<RpcRouter>();
  let serving: RpcRouter | null = null;
  const serve = (made: RpcRouter): void => {
    serving = made;
    resolve(made);
  };
  const openExternal = createOpenExternal((url) => shell.openExternal(url));
  const ground = (): string => (nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light);

  const guard = ({ webContents }: BrowserWindow): void => {
    guardContents(webContents, (url) => {
      openExternal(url).catch((error: unknown) => logger.warn('An address was not opened', { error }));
    });
    leaveWith(webContents, router);
  };

  guardPermissions(session.defaultSession);
  protocol.handle(
    PAGE_SCHEME,
    createPageHandler(createPageFiles(renderer), (error) =>
      logger.error('A file of the user interface could not be read', { error }),
    ),
  );
  const window = createMainWindow({
    platform: process.platform,
    clock: systemClock,
    rests: () => preferences.get().freeWindow,
    mayGo: ({ webContents }) => serving?.isBusy(webContents.id) === false && !holdsText(),
    preload,
    placement: () => placeWindow(preferences.get().window, workAreas()),
    screens: workAreas,
    keepPlacement: (placement) => preferences.set({ window: placement }),
    background: ground,
    hidesOnClose,
    opened: guard,
    failed: (reason) => logger.error('The page of the window could not be shown', { reason }),
  });
  nativeTheme.on('updated', () => window.current()?.setBackgroundColor(ground()));
  screen.on('display-removed', () => window.screensChanged());
  screen.on('display-metrics-changed', () => window.screensChanged());
  connectRpc(router, (contents) => window.current()?.webContents === contents);
  return { window, openExternal, serve };
}

/** The primary screen first. */
function workAreas() {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}
