/** The composition root of the desktop app: every part is made here and told of the others. */
import { fileURLToPath } from 'node:url';
import { app, nativeTheme, protocol, session, shell } from 'electron';
import {
  consoleSink,
  createLogger,
  createMemorySecrets,
  createNodeConfigFile,
  createPageFiles,
  systemClock,
} from '../../gateway/index.ts';
import { dataFolderOf, startGatewayHost } from './gateway-host.ts';
import { readOptions } from './options.ts';
import { connectRpc, leaveWith } from './rpc/connect.ts';
import { createRpcRouter, type RpcRouter } from './rpc/router.ts';
import { createMainWindow } from './window/main-window.ts';
import { createOpenExternal, guardContents, guardPermissions } from './window/navigation.ts';
import { PAGE_SCHEME } from './window/origin.ts';
import { createPageHandler } from './window/page-protocol.ts';
import { join } from 'node:path';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const logger = createLogger({ clock: systemClock, console: consoleSink(1) });
const options = readOptions(process.argv.slice(1));
const dataFolder = dataFolderOf(options, process.env, app.getPath('userData'));
app.setPath('userData', dataFolder);
app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  {
    scheme: PAGE_SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  },
]);

if (app.requestSingleInstanceLock()) {
  // Not awaited: Electron is ready only after this script has ended.
  void app.whenReady().then(start);
} else app.quit();

async function start(): Promise<void> {
  const { promise: router, resolve: routerMade } = Promise.withResolvers<RpcRouter>();
  const openExternal = createOpenExternal((url) => shell.openExternal(url));
  protocol.handle(
    PAGE_SCHEME,
    createPageHandler(createPageFiles(at('../renderer')), (error) =>
      logger.error('A file of the user interface could not be read', { error }),
    ),
  );
  guardPermissions(session.defaultSession);
  const window = createMainWindow({
    preload: at('../preload/index.cjs'),
    icon: '',
    placement: () => ({ bounds: { width: 1_280, height: 800 }, maximized: false }),
    background: () => (nativeTheme.shouldUseDarkColors ? '#111416' : '#f0f3f5'),
    opened({ webContents }) {
      guardContents(webContents, (url) => {
        openExternal(url).catch((error: unknown) => logger.warn('An address was not opened', { error }));
      });
      leaveWith(webContents, router);
    },
  });
  connectRpc(router, (contents) => window.current()?.webContents === contents);
  if (!options.hidden) window.show(options.link?.page);

  const configFile = createNodeConfigFile({ path: join(dataFolder, 'config.yaml'), dataFolder, logger });
  const host = await startGatewayHost({
    version: app.getVersion(),
    clock: systemClock,
    logger,
    options,
    dataFolder,
    configFile,
    environment: process.env,
    secrets: createMemorySecrets(),
    workers: { log: new URL('./log-worker.js', import.meta.url) },
  });
  const { control } = host.gateway;
  routerMade(
    createRpcRouter({
      run: (...call) => control.call(...call),
      subscribe: (...subscription) => control.subscribe(...subscription),
      logger,
    }),
  );
  logger.announce(`Switchyard is ready on ${await host.listen()}\n`);
}
