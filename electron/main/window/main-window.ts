/** The one window of the app: made when it is first wanted, made again after it was closed. */
import { BrowserWindow, type Rectangle } from 'electron';
import type { PageName } from '../pages.ts';
import { PAGE_ORIGIN } from './origin.ts';

/** Smaller, and the narrowest page no longer fits. */
const LEAST = { minWidth: 400, minHeight: 480 };

export interface MainWindow {
  /** Brings the window to the front, with one page where one is named. */
  show(page?: PageName): void;
  /** Null while there is none. */
  current(): BrowserWindow | null;
}

export interface MainWindowPorts {
  /** Of the built preload script. */
  readonly preload: string;
  readonly icon: string;
  /** Where the window was last, moved onto a screen that exists. */
  readonly placement: () => { readonly bounds: Partial<Rectangle>; readonly maximized: boolean };
  /** Shown until the page has painted. */
  readonly background: () => string;
  /** Guards a new window and follows what happens to it. */
  readonly opened: (window: BrowserWindow) => void;
}

export function createMainWindow(ports: MainWindowPorts): MainWindow {
  let window: BrowserWindow | null = null;

  const open = (page: PageName | undefined): BrowserWindow => {
    const { bounds, maximized } = ports.placement();
    const made = new BrowserWindow({
      ...bounds,
      ...LEAST,
      show: false,
      title: 'Switchyard',
      icon: ports.icon,
      backgroundColor: ports.background(),
      autoHideMenuBar: true,
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
    made.once('closed', () => {
      if (window === made) window = null;
    });
    ports.opened(made);
    // A failure to load is followed through `did-fail-load`.
    made.loadURL(addressOf(page)).catch(() => undefined);
    return made;
  };

  return {
    current: () => window,
    show(page) {
      if (window === null) {
        window = open(page);
        return;
      }
      // Only what stands behind # differs: the page stays and its router follows.
      if (page !== undefined) window.loadURL(addressOf(page)).catch(() => undefined);
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}

const addressOf = (page: PageName | undefined): string =>
  page === undefined ? `${PAGE_ORIGIN}/` : `${PAGE_ORIGIN}/#/${page}`;
