/** The engine with what it needs of this computer: the place for keys and the configuration file. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, powerMonitor, utilityProcess } from 'electron';
import {
  createNodeConfigFile,
  finishRestore,
  lockDataFolder,
  recordUsedConfig,
  restoreProblem,
  systemClock,
  type Environment,
  type HostLogger,
} from '../../gateway/index.ts';
import { createDemoPlace } from './desktop/demo-place.ts';
import { startGatewayHost, type GatewayHost } from './gateway-host.ts';
import type { DesktopOptions } from './options.ts';
import { openDesktopSecrets } from './platform/secrets/desktop-secrets.ts';
import type { SecretPlaceManager } from './platform/secrets/secret-place.ts';
import { startUtilityHelper } from './platform/secrets/utility-helper.ts';

export interface Engine {
  readonly host: GatewayHost;
  readonly place: SecretPlaceManager;
  /** Path of the configuration. */
  readonly configFile: string;
}

export interface EnginePorts {
  readonly options: DesktopOptions;
  /** Exists. */
  readonly dataFolder: string;
  /** The data folder where none was asked for. */
  readonly usualFolder: string;
  readonly environment: Environment;
  readonly logger: HostLogger;
}

/** @throws StartProblem or ConfigError with a sentence for the user */
export async function startEngine({
  options,
  dataFolder,
  usualFolder,
  environment,
  logger,
}: EnginePorts): Promise<Engine> {
  // Before anything of the folder is read: another process may be writing there.
  const lock = await lockDataFolder(dataFolder);
  let host: GatewayHost | null = null;
  const place = options.demo
    ? createDemoPlace()
    : openDesktopSecrets({
        dataFolder,
        usualFolder,
        platform: process.platform,
        startHelper: startUtilityHelper(
          { utilityProcess },
          fileURLToPath(new URL('./keychain-helper.js', import.meta.url)),
        ),
        clock: systemClock,
        logger,
        changed: () => void host?.gateway.readSecrets(),
      });
  powerMonitor.on('suspend', () => host?.gateway.sleeps());
  powerMonitor.on('resume', () => {
    place.look();
    host?.gateway.woke();
  });
  powerMonitor.on('shutdown', () => app.quit());
  const configFile = createNodeConfigFile({
    path: options.config ?? join(dataFolder, 'config.yaml'),
    dataFolder,
    logger,
  });
  const restored = await finishRestore({
    dataFolder,
    configFile,
    secrets: place,
    clock: systemClock,
    logger,
  });
  host = await startGatewayHost({
    version: app.getVersion(),
    clock: systemClock,
    logger,
    options,
    dataFolder,
    lock,
    configFile,
    restoreProblem: restoreProblem(restored),
    environment,
    secrets: place,
    homeFolder: homedir(),
    platform: process.platform,
    workers: {
      log: new URL('./log-worker.js', import.meta.url),
      tokens: new URL('./token-worker.js', import.meta.url),
    },
  });
  await recordUsedConfig(dataFolder, configFile.location).catch((error: unknown) => {
    logger.warn('Which configuration is used could not be written down for commands', { error });
  });
  return { host, place, configFile: configFile.location };
}
