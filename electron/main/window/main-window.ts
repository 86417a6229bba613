/** The one window of the app: made when it is first wanted, made again after it was closed. */
import { BrowserWindow } from 'electron';
import type { OpenedPlace } from '../../../contract/rpc/pages.ts';
import type { Clock } from '../../../gateway/index.ts';
import { PAGE_ORIGIN } from './origin.ts';
import { createRest } from './rest.ts';
import { centred, isLost, LEAST_SIZE, type Area, type Placement, type SavedPlacement } from './placement.ts';

/** A page that crashes again within this time is not loaded a third time, ms. */
const CRASHES_APART = 10_000;

/** On macOS the header of the page is the title bar, 44 px high; it leaves room for the buttons (renderer/app/base.css). */
const MAC_TITLE_BAR = { titleBarStyle: 'hiddenInset', trafficLightPosition: { x: 16, y: 15 } } as const;

export interface MainWindow {
  /** Brings the window to the front, with one page where one is named. */
  show(page?: OpenedPlace): void;
  /** Puts it where it is at the first start, and shows it. */
  reset(): void;
  /** True while it is open where no screen shows it. */
  isLost(): boolean;
  /** The screens are others now: one that was lost with its screen comes back. */
  screensChanged(): void;
  /** Null while there is none. */
  current(): BrowserWindow | null;
}

export interface MainWindowPorts {
  readonly clock: Pick<Clock, 'after'>;
  /** True when a hidden window may be given up after a while. */
  readonly rests: () => boolean;
  /** False while the page of a window does something, or holds what was typed and not sent. */
  readonly mayGo: (window: BrowserWindow) => boolean;
  readonly platform: NodeJS.Platform;
  /** Of the built preload script. */
  readonly preload: string;
  readonly placement: () => Placement;
  /** Work areas of the screens there are now, the primary one first. */
  readonly screens: () => readonly Area[];
  readonly keepPlacement: (placement: SavedPlacement) => void;
  /** Shown until the page has painted. */
  readonly background: () => string;
  /** True when closing only hides the window; asked as the user closes it. */
  readonly hidesOnClose: () => boolean;
  /** Guards a new window. */
  readonly opened: (window: BrowserWindow) => void;
  /** Why its page could not be shown. */
  readonly failed: (reason: string) => void;
}

export function createMainWindow(ports: MainWindowPorts): MainWindow {
  let window: BrowserWindow | null = null;
  /** What stood behind # when the window was given up. */
  let place = '';
  const rest = createRest({
    clock: ports.clock,
    wanted: ports.rests,
    mayGo: () => window === null || ports.mayGo(window),
    giveUp() {
      if (window === null) return;
      place = hashOf(window.webContents.getURL());
      window.destroy();
    },
  });

  const open = (page: OpenedPlace | undefined): BrowserWindow => {
    const { bounds, maximized } = ports.placement();
    const made = new BrowserWindow({
      ...bounds,
      minWidth: LEAST_SIZE.width,
      minHeight: LEAST_SIZE.height,
      show: false,
      title: 'Switchyard',
      backgroundColor: ports.background(),
      autoHideMenuBar: true,
      ...(ports.platform === 'darwin' ? MAC_TITLE_BAR : {}),
      webPreferences: {
        preload: ports.preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        navigateOnDragDrop: false,
      },
    });
    made.once('ready-to-show', () => {
      if (maximized) made.maximize();
      made.show();
    });
    made.on('close', (event) => {
      ports.keepPlacement({ bounds: made.getNormalBounds(), maximized: made.isMaximized() });
      if (!ports.hidesOnClose()) return;
      event.preventDefault();
      made.hide();
      rest.begin();
    });
    made.on('show', () => rest.end());
    made.once('closed', () => {
      rest.end();
      if (window === made) window = null;
    });
    ports.opened(made);
    revive(made);
    load(made, page);
    return made;
  };

  const load = (into: BrowserWindow, page: OpenedPlace | undefined): void => {
    into
      .loadURL(page === undefined ? `${PAGE_ORIGIN}/${place}` : `${PAGE_ORIGIN}/#/${page}`)
      .catch((error: unknown) => {
        // A load that another one overtook is no failure.
        if (!String(error).includes('ERR_ABORTED')) ports.failed(String(error));
      });
  };

  /** A page that crashed is loaded anew; the gateway does not notice. */
  const revive = (made: BrowserWindow): void => {
    let last = -Infinity;
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      ports.failed(`its process ended: ${reason}`);
      const now = performance.now();
      if (now - last > CRASHES_APART) load(made, undefined);
      last = now;
    });
  };

  const lost = (): boolean =>
    window !== null && !window.isMinimized() && isLost(window.getNormalBounds(), ports.screens());
  const bringBack = (): void => {
    const [home] = ports.screens();
    if (window === null || home === undefined) return;
    if (window.isMaximized()) window.unmaximize();
    window.setBounds(centred(home));
  };

  return {
    current: () => window,
    isLost: lost,
    screensChanged() {
      if (lost()) bringBack();
    },
    reset() {
      show();
      bringBack();
    },
    show,
  };

  function show(page?: OpenedPlace): void {
    if (window === null) {
      window = open(page);
      place = '';
      return;
    }
    // Only what stands behind # differs: the page stays and its router follows.
    if (page !== undefined) load(window, page);
    if (window.isMinimized()) window.restore();
    // Whoever asks for the window wants to see it.
    if (lost()) bringBack();
    window.show();
    window.focus();
  }
}

const hashOf = (address: string): string => (URL.canParse(address) ? new URL(address).hash : '');
