/** The running app: window, engine, tray and procedures, made here and told of one another. */
import { fileURLToPath } from 'node:url';
import { app, clipboard, dialog, nativeTheme, powerMonitor, session, shell } from 'electron';
import { causeOf, fingerprint, makeDataFolder, systemClock } from '../../gateway/index.ts';
import { desktopProcedureHandlers } from './desktop-procedures.ts';
import { createPreferenceFile } from './desktop/preference-file.ts';
import { createPreferences, type Preferences } from './desktop/preferences.ts';
import { startEngine, type Engine, type EnginePorts } from './engine.ts';
import { createLinkDesk } from './links/link-desk.ts';
import type { Link } from './links/read-link.ts';
import { createCommandRelay } from './menu/command-relay.ts';
import { showMenu } from './menu/menu.ts';
import { notify } from './notify/notification.ts';
import { hostPages } from './pages-host.ts';
import { createClipboardLease } from './platform/secrets/clipboard-lease.ts';
import { openUpdates } from './platform/updater/open-updates.ts';
import type { UpdateDesk } from './platform/updater/update-desk.ts';
import { listenOrAsk, type PortQuestion } from './port-conflict.ts';
import { createProcedures } from './procedures.ts';
import { createQuitting } from './quit.ts';
import { createRpcRouter } from './rpc/router.ts';
import { surfaceControl } from './surface-control.ts';
import { createSurfaces, type Surfaces } from './surfaces.ts';
import { createTray } from './tray/tray.ts';
import { wordsOfFailure, wordsOfTold } from './told.ts';
import type { MainWindow } from './window/main-window.ts';

export interface RunningApp {
  /** Brings the window to the front, with what a link asks for where there is one. */
  open(link: Link | null): void;
  /**
   * Resolves when the gateway listens, or the user puts that off. Rejects with StartProblem, ConfigError or
   * another error with a sentence for the user.
   */
  readonly started: Promise<void>;
}

/** Files of the build, beside this one. */
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * @param links asked for before there was a window
 * @throws StartProblem when the data folder cannot be made
 */
export async function startApp(ports: EnginePorts, links: readonly Link[]): Promise<RunningApp> {
  const { options, dataFolder, environment, logger } = ports;
  await makeDataFolder(dataFolder);
  const preferences = createPreferences(createPreferenceFile(dataFolder), (error) =>
    logger.warn('The preferences of the app could not be read or written', { error }),
  );
  nativeTheme.themeSource = preferences.get().theme;
  let engine: Engine | null = null;
  let surfaces: Surfaces | null = null;
  let updates: UpdateDesk | null = null;
  const commands = createCommandRelay(systemClock);
  let unsent = false;
  const linkDesk = createLinkDesk(systemClock, fingerprint);
  const lease = createClipboardLease({ clipboard, clock: systemClock, logger });
  const quitting = createQuitting({
    app,
    clock: systemClock,
    logger,
    stop,
    finish: install,
  });

  // The window first: it loads while the engine starts, and its requests wait.
  const pages = hostPages({
    renderer: at('../renderer'),
    preload: at('../preload/index.cjs'),
    preferences,
    hidesOnClose,
    holdsText: () => unsent,
    logger,
  });
  const { window, openExternal } = pages;
  // One that was given up is no wish to quit.
  app.on('window-all-closed', () => {
    if (!preferences.get().closeToTray && !quitting.begun()) app.quit();
  });
  if (!options.hidden && !startedHidden(preferences.get()) && links.length === 0) window.show();
  for (const link of links) open(link);

  return { open, started: start() };

  function open(link: Link | null): void {
    if (link === null) return window.show();
    if (link.kind === 'open') return window.show(link.page);
    // What it says is not written down: it may hold a key.
    if (!linkDesk.offer(link)) logger.info('A link was dropped: it repeats another one, or too many wait');
    window.show();
  }

  async function start(): Promise<void> {
    engine = await startEngine(ports);
    const { host, place, configFile } = engine;
    const { gateway } = host;
    const { control } = gateway;
    surfaces = createSurfaces({
      control: surfaceControl(control),
      clock: systemClock,
      logger,
      platform: process.platform,
      developer: !app.isPackaged,
      preferences,
      systemLanguage: () => app.getLocale(),
      tray: createTray({
        icons: at('./icons'),
        platform: process.platform,
        act: (act) => surfaces?.trayAct(act),
      }),
      showMenu: (groups) => showMenu(groups, (act) => surfaces?.menuAct(act)),
      notify,
      isWatched: () => window.current()?.isFocused() === true,
      open: (to) => window.show(to),
      command: (id) => commands.ask(id),
      closeWindow: () => window.current()?.close(),
      resetWindow: () => window.reset(),
      isWindowLost: () => window.isLost(),
      copy: (text) => void clipboard.writeText(text),
      openDataFolder: () => void shell.openPath(dataFolder),
      about: () => app.showAboutPanel(),
      quit: () => app.quit(),
    });
    powerMonitor.on('resume', () => surfaces?.woke());
    updates = await openUpdates({
      wish: () => preferences.get().updates,
      notify: (what, version) => surfaces?.tell({ kind: `update-${what}`, version }),
      network: () => gateway.config().network,
      logger,
    });
    const desktop = desktopProcedureHandlers({
      gateway,
      dataFolder,
      configFile,
      environment: options.demo ? {} : environment,
      preferences,
      place,
      lease,
      window,
      surfaces,
      commands,
      links: linkDesk,
      updates,
      pageHidden(holds) {
        unsent = holds;
      },
      openExternal,
      logger,
    });
    pages.serve(
      createRpcRouter({
        run: createProcedures({ control, desktop, logger, redact: (text) => gateway.redact(text) }),
        subscribe: (...subscription) => control.subscribe(...subscription),
        logger,
      }),
    );
    const { t, language } = surfaces;
    const address = await listenOrAsk({
      listen: () => host.listen(),
      port: () => gateway.config().server.port,
      async freePort(from) {
        const { port, holder } = await control.handlers['settings.freePort']({ from });
        return { free: port, holder: holder?.name ?? null };
      },
      async setPort(value) {
        const set = await control.call('settings.set', { path: 'server.port', value });
        return set.ok ? null : wordsOfFailure(set.error, language());
      },
      t,
      words: (told) => wordsOfTold(told, language()),
      ask: (question) => ask(question, window),
    });
    if (address !== null) logger.announce(`Switchyard is ready on ${address}\n`);
  }

  function hidesOnClose(): boolean {
    if (quitting.begun() || !preferences.get().closeToTray) return false;
    if (!preferences.get().toldOfTray) {
      preferences.set({ toldOfTray: true });
      surfaces?.tellOfBackground();
    }
    return true;
  }

  /** The last act of all: the app cannot say afterwards that it failed. */
  function install(): void {
    try {
      updates?.finish();
    } catch (error) {
      logger.error('The newer version was not installed', { error });
      const told = causeOf(error);
      const words =
        surfaces === null
          ? told.text
          : surfaces.t('desktop.failures.update', { reason: wordsOfTold(told, surfaces.language()) });
      dialog.showErrorBox('Switchyard', words);
    }
  }

  async function stop(): Promise<void> {
    window.current()?.close();
    session.defaultSession.flushStorageData();
    await lease.end();
    updates?.stop();
    surfaces?.stop();
    await engine?.host.stop();
    engine?.place.close();
    await logger.flush();
  }
}

/** macOS tells of a start at log-in; elsewhere the flag `--hidden` stands in the entry that starts the app. */
function startedHidden({ startHidden }: Preferences): boolean {
  return process.platform === 'darwin' && startHidden && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** Without a window on screen nobody is asked: the notification and the pages say what is wrong. */
async function ask({ message, detail, buttons }: PortQuestion, window: MainWindow): Promise<number> {
  const parent = window.current();
  const later = buttons.length - 1;
  if (parent === null) return later;
  const { response } = await dialog.showMessageBox(parent, {
    type: 'warning',
    message,
    detail,
    buttons: buttons.map(({ text }) => text),
    defaultId: 0,
    cancelId: later,
    noLink: true,
  });
  return response;
}
