/** Entry of the main process: what must be settled before Electron is ready, then the app. */
import { app, dialog, protocol } from 'electron';
import { causeOf, consoleSink, createLogger, loadEnvironment, systemClock } from '../../gateway/index.ts';
import { startApp, type RunningApp } from './app.ts';
import { TOLD } from './exit-codes.ts';
import { dataFolderOf } from './gateway-host.ts';
import { LINK_SCHEME, readLink, type Link } from './links/read-link.ts';
import { logToFile } from './log-file.ts';
import { readOptions, type DesktopOptions } from './options.ts';
import { wordsOfTold } from './told.ts';
import { PAGE_SCHEME } from './window/origin.ts';
import { languageOf } from './words.ts';

/** As in `electron-builder.yml`. */
const APP_ID = 'io.github.switchyard';
const MOST_EARLY_LINKS = 10;

// A diagnostic report would otherwise print every variable, keys among them.
process.report.excludeEnv = true;
const terminal = consoleSink(1);
let logger = createLogger({ clock: systemClock, console: terminal });

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
try {
  begin(readOptions(process.argv.slice(1)));
} catch (error) {
  fail(error);
}

function begin(options: DesktopOptions): void {
  const usualFolder = app.getPath('userData');
  // An app that was installed is started from any folder, whose `.env` is some other program's.
  const environment = app.isPackaged ? process.env : loadEnvironment(process.env, process.cwd());
  const dataFolder = dataFolderOf(options, environment, usualFolder);
  // The lock of the single instance lies there too: an app with other data is another app.
  app.setPath('userData', dataFolder);
  app.setPath('sessionData', `${dataFolder}/browser`);
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    {
      scheme: PAGE_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
  if (!app.requestSingleInstanceLock()) return app.quit();
  if (app.isPackaged) {
    logger = createLogger({ clock: systemClock, console: logToFile(dataFolder, terminal) });
    // In development another program of the same scheme would be pushed aside.
    app.setAsDefaultProtocolClient(LINK_SCHEME);
    // Windows shows notifications only of an app it knows by this name.
    app.setAppUserModelId(APP_ID);
  }

  /** Asked for before there was an app to show it; more than these nobody pressed. */
  const wanted: Link[] = options.link === null ? [] : [options.link];
  let running: RunningApp | undefined;
  const open = (link: Link | null): void => {
    if (running !== undefined) running.open(link);
    else if (link !== null && wanted.length < MOST_EARLY_LINKS) wanted.push(link);
  };
  app.on('second-instance', (_event, argv) => {
    const second = optionsOr(argv);
    // Started anew at log-in, beside one that runs already.
    if (second?.hidden !== true) open(second?.link ?? null);
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    open(readLink(url));
  });
  app.on('activate', () => open(null));

  // Not awaited: Electron is ready only after this script has ended.
  app
    .whenReady()
    .then(() => startApp({ options, dataFolder, usualFolder, environment, logger }, wanted))
    .then((made) => {
      running = made;
      return made.started;
    })
    .catch(fail);
}

function optionsOr(argv: readonly string[]): DesktopOptions | undefined {
  try {
    return readOptions(argv.slice(1));
  } catch {
    // The second one said it wrong; the user still wants to see the window.
    return undefined;
  }
}

/** Says it to the user, and ends: what nobody caught is a bug, and an app half broken serves nobody. */
function fail(error: unknown): void {
  logger.error('Switchyard cannot go on', { error });
  dialog.showErrorBox('Switchyard', wordsOfTold(causeOf(error), languageOf(null, app.getLocale())));
  void logger.flush().finally(() => app.exit(TOLD));
}
