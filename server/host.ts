/** The composition root of the headless host: every port is made here, and the gateway with them. */
import { fileURLToPath } from 'node:url';
import {
  createGateway,
  createMemorySecrets,
  createNodeConfigFile,
  finishRestore,
  lockDataFolder,
  makeDataFolder,
  readEnvironment,
  recordUsedConfig,
  restoreProblem,
  startDemo,
  systemThreadTime,
  withFlags,
} from '../gateway/index.ts';
import type { Clock, Environment, Gateway, HostLogger, ToolSurroundings } from '../gateway/index.ts';
import { createAdminToken } from './auth/admin-token.ts';
import { createAttempts } from './auth/attempts.ts';
import { cookieOf } from './auth/cookie-of.ts';
import { createLogIn } from './auth/log-in.ts';
import { createPasswordCheck } from './auth/password.ts';
import { createSessionFile } from './auth/session-file.ts';
import type { ServeOptions } from './command-line.ts';
import { servedConfig } from './config-place.ts';
import { dataFolderOf } from './data-place.ts';
import { drainDeadline } from './drain-deadline.ts';
import { createEventStreams } from './http/event-streams.ts';
import { hostRoutes } from './http/routes.ts';
import { sessionOf } from './http/session-routes.ts';
import { openSecrets } from './secrets.ts';

/** What a host is started from. */
export interface Surroundings {
  readonly version: string;
  readonly clock: Clock;
  readonly logger: HostLogger;
  /** For people, beside what a command was asked for: to standard error. */
  readonly note: (text: string) => void;
  readonly environment: Environment;
  readonly workingFolder: string;
  /** Undefined where the system does not say. */
  readonly homeFolder: string | undefined;
  readonly platform: NodeJS.Platform;
}

/** A host that listens. */
export interface Host {
  /** `http://127.0.0.1:8000` */
  readonly address: string;
  /** The address that also logs in; null where an admin password is asked for instead. */
  readonly logInAddress: string | null;
  readonly dataFolder: string;
  /** Drains, writes everything down and lets go of the data folder. */
  stop(): Promise<void>;
}

/** Built output lies in out/server, beside out/renderer; sources run where they are. */
const BUILT = import.meta.url.endsWith('.js');
const place = (built: string, source: string): URL => new URL(BUILT ? built : source, import.meta.url);
export const WORKERS = {
  log: place('./log-worker.js', '../gateway/storage/worker.ts'),
  tokens: place('./token-worker.js', '../gateway/estimates/worker.ts'),
};
const RENDERER = fileURLToPath(place('../renderer', '../out/renderer'));

/** @throws StartProblem, ListenError or ConfigError with a sentence for the operator */
export async function startHost(options: ServeOptions, surroundings: Surroundings): Promise<Host> {
  const { version, clock, logger, environment } = surroundings;
  const variables = readEnvironment(environment);
  // The demo takes no keys or providers from them: it has its own and no other.
  const overrides = withFlags(options.demo ? { ...variables, keys: [], providers: [] } : variables, options);
  const deadline = drainDeadline(environment);
  const dataFolder = dataFolderOf(options, surroundings);
  const configPath = await servedConfig(options, surroundings.workingFolder, dataFolder);
  await makeDataFolder(dataFolder);
  const lock = await lockDataFolder(dataFolder);
  await lock.announce({ pid: process.pid, address: '' });
  const secrets = options.demo ? createMemorySecrets() : await openSecrets(environment, dataFolder);
  const configFile = createNodeConfigFile({ path: configPath, dataFolder, logger });
  const restored = await finishRestore({ dataFolder, configFile, secrets, clock, logger });
  const demo = options.demo ? await startDemo() : null;

  const token = createAdminToken(dataFolder);
  const keptSessions = createSessionFile(dataFolder, logger);
  const logIn = createLogIn({
    clock,
    settings: () => gateway.config().admin,
    token,
    passwords: createPasswordCheck(),
    attempts: createAttempts(clock),
    keep: (sessions) => keptSessions.keep(sessions),
  });
  const cookie = await cookieOf(dataFolder);
  const events = createEventStreams({ sessions: logIn.sessions, clock });

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
    workers: WORKERS,
    routes: (control) =>
      hostRoutes({
        control,
        events,
        logIn,
        cookie,
        rendererFolder: RENDERER,
        pageSize: () => gateway.config().requests.page_size,
      }),
    sessionOf: (request) => sessionOf(logIn.sessions, cookie, request),
    moved: (to) =>
      void lock.announce({ pid: process.pid, address: to }).catch((error: unknown) => {
        logger.warn('The new address could not be told to other processes', { error });
      }),
    tools: toolsOf(surroundings),
    demoUpstream: demo?.url ?? null,
    restoreProblem: restoreProblem(restored),
  });
  logger.follow({
    settings: () => gateway.config().logging,
    redact: (text) => gateway.redact(text),
    folder: dataFolder,
  });
  for (const notice of overrides.notices) logger.info(notice);

  // Before anybody can ask: pages that were open go on where they were.
  if (gateway.config().admin.password === '') await token.read();
  logIn.sessions.restore(await keptSessions.read());

  const { address } = await gateway.listen();
  await lock.announce({ pid: process.pid, address });
  // Only now: one that could not be started with is not the one that commands look for.
  await recordUsedConfig(dataFolder, configFile.location).catch((error: unknown) => {
    logger.warn('Which configuration is used could not be written down for commands', { error });
  });
  const logInAddress =
    gateway.config().admin.password === '' ? `${address}/#token=${await token.read()}` : null;
  return {
    address,
    logInAddress,
    dataFolder,
    async stop() {
      events.close();
      await gateway.drain(deadline);
      await keptSessions.settled();
      await demo?.close();
      await lock.release();
    },
  };
}

/** The demo has none of the user's keys, and connects the user's tools all the same when told to. */
export const toolsOf = ({ homeFolder, environment, platform }: Surroundings): ToolSurroundings => ({
  // As containers have it that know of none.
  homeFolder: homeFolder ?? '/',
  environment,
  platform,
  pagesTravel: true,
});
