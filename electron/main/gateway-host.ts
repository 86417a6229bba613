/** The engine in the main process, on the data folder of the desktop app. */
import { join, resolve } from 'node:path';
import {
  createGateway,
  createOwnerDoor,
  readEnvironment,
  startDemo,
  systemThreadTime,
  withFlags,
  type Clock,
  type ConfigFile,
  type DataFolderLock,
  type Environment,
  type Gateway,
  type GatewayPorts,
  type HostLogger,
  type Overrides,
  type SecretStore,
  type WorkerEntries,
} from '../../gateway/index.ts';
import type { DesktopOptions } from './options.ts';

/** Requests under way get this long to end when the app is quit, ms. */
const DRAIN_TIME = 10_000;

export interface GatewayHostPorts {
  readonly version: string;
  readonly clock: Clock;
  readonly logger: HostLogger;
  readonly options: DesktopOptions;
  readonly dataFolder: string;
  /** Of the data folder; released at the end. */
  readonly lock: DataFolderLock;
  readonly configFile: ConfigFile;
  /** Why a restore that waited for this start came to nothing, where one did. */
  readonly restoreProblem?: GatewayPorts['restoreProblem'];
  /** Decides settings, and gives values for `${NAME}` in the configuration; keys are not taken from it. */
  readonly environment: Environment;
  readonly secrets: SecretStore;
  readonly workers: WorkerEntries;
  /** Home folder of the user. */
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
}

export interface GatewayHost {
  readonly gateway: Gateway;
  /** @throws ListenError when the address is taken; it can be called again */
  listen(): Promise<string>;
  /** Drains, writes everything down and lets go of the data folder. */
  stop(): Promise<void>;
}

/** Where this app keeps its things. @param usual the folder of the operating system's convention */
export function dataFolderOf(options: DesktopOptions, environment: Environment, usual: string): string {
  const folder = resolve(options.dataFolder ?? (environment['SWITCHYARD_DATA_DIR'] || usual));
  return options.demo ? join(folder, 'demo') : folder;
}

/** @throws StartProblem or ConfigError with a sentence for the user */
export async function startGatewayHost(ports: GatewayHostPorts): Promise<GatewayHost> {
  const { version, clock, logger, options, dataFolder, lock } = ports;
  const { configFile, environment, secrets, workers, homeFolder, platform } = ports;
  const overrides = overridesOf(environment, options);
  const door = createOwnerDoor();
  const announce = (address: string): Promise<void> =>
    lock.announce({ pid: process.pid, address, token: door.token });
  await announce('');
  const demo = options.demo ? await startDemo() : null;
  const gateway: Gateway = await createGateway({
    version,
    clock,
    threadTime: systemThreadTime,
    random: Math.random,
    logger,
    configFile,
    overrides,
    environment: options.demo ? {} : environment,
    secrets,
    dataFolder,
    workers,
    // The pages of the desktop app come over app://, and its control plane over IPC; commands have a door of their own.
    routes: (control) => [door.route(control)],
    sessionOf: (request) => door.sessionOf(request),
    moved: (address) =>
      void announce(address).catch((error: unknown) => {
        logger.warn('The new address could not be told to other processes', { error });
      }),
    tools: { homeFolder, environment, platform, pagesTravel: false },
    demoUpstream: demo?.url ?? null,
    restoreProblem: ports.restoreProblem ?? null,
  });
  logger.follow({
    settings: () => gateway.config().logging,
    redact: (text) => gateway.redact(text),
    folder: dataFolder,
  });
  for (const notice of overrides.notices) logger.info(notice);
  return {
    gateway,
    async listen() {
      const { address } = await gateway.listen();
      await announce(address);
      return address;
    },
    async stop() {
      await gateway.drain(DRAIN_TIME);
      await demo?.close();
      await lock.release();
    },
  };
}

/** Keys of variables are taken only when the user says so; what is set of a provider stays out of the demo. */
function overridesOf(environment: Environment, options: DesktopOptions): Overrides {
  const variables = readEnvironment(environment);
  return withFlags({ ...variables, keys: [], providers: options.demo ? [] : variables.providers }, options);
}
