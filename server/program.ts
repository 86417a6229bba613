/** The command line `switchyard`. */
import manifest from '../package.json' with { type: 'json' };
import {
  ConfigError,
  consoleSink,
  createLogger,
  findHomeFolder,
  ListenError,
  loadEnvironment,
  StartProblem,
  systemClock,
} from '../gateway/index.ts';
import type { HostLogger } from '../gateway/index.ts';
import { parseCommandLine } from './command-line.ts';
import type { CommandLine, ServeOptions } from './command-line.ts';
import { backup } from './commands/backup.ts';
import { connect } from './commands/connect.ts';
import { explain } from './commands/explain.ts';
import { restore } from './commands/restore.ts';
import { startHost, type Surroundings } from './host.ts';
import { openPage } from './open-page.ts';
import { watchStarter } from './starter.ts';
import { createStopSignals } from './stop-signals.ts';

type OneCommand = Exclude<CommandLine, { readonly command: 'serve' | 'exit' }>;

/** Log lines get this long to leave when the process must end, ms; a halted terminal takes none. */
const LAST_LINES = 1_000;

/** Runs one command. @param argv what stands behind the program's name */
export async function main(argv: readonly string[]): Promise<void> {
  // A diagnostic report would otherwise print every variable, keys among them.
  process.report.excludeEnv = true;
  const errors = consoleSink(2);
  const logger = createLogger({ clock: systemClock, console: consoleSink(1) });
  const line = parseCommandLine(argv, manifest.version, {
    out: (text) => logger.announce(text),
    error: (text) => errors.write(text),
  });
  if (line.command === 'exit') {
    await Promise.all([logger.flush(), errors.flush()]);
    process.exit(line.code);
  }
  exitOnBugs(logger);
  const surroundings = (): Surroundings => surroundingsOf(logger, (text) => errors.write(text));
  if (line.command !== 'serve') {
    const code = await runCommand(line, surroundings).catch((error: unknown) => {
      errors.write(`${sentenceOf(error)}\n`);
      return 1;
    });
    await Promise.all([logger.flush(), errors.flush()]);
    process.exit(code);
  }
  try {
    await serve(line.options, surroundings());
  } catch (error) {
    errors.write(`${sentenceOf(error)}\n`);
    await Promise.all([logger.flush(), errors.flush()]);
    process.exit(1);
  }
}

/** A command that does one thing and ends. @returns the exit code */
async function runCommand(line: OneCommand, made: () => Surroundings): Promise<number> {
  const surroundings = made();
  switch (line.command) {
    case 'explain':
      return explain(line.options, surroundings);
    case 'backup':
      return backup(line.options, surroundings);
    case 'connect':
      return connect(line.options, surroundings);
    case 'restore':
      return restore(line.options, surroundings);
  }
}

async function serve(options: ServeOptions, surroundings: Surroundings): Promise<void> {
  const { logger } = surroundings;
  const host = await startHost(options, surroundings);

  let closePage = (): Promise<void> => Promise.resolve();
  const stop = async (signal: string): Promise<void> => {
    logger.info('Stopping: running requests may end, new ones are refused', { signal });
    endWatch();
    await closePage();
    await host.stop();
    logger.info('Stopped');
    await end(0, logger);
  };
  const onSignal = createStopSignals({
    clock: systemClock,
    stop: (signal) => void stop(signal),
    end: (code) => void end(code, logger),
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, onSignal);
  const endWatch = watchStarter({
    environment: surroundings.environment,
    clock: systemClock,
    parent: () => process.ppid,
    gone: () => onSignal('SIGTERM'),
  });

  if (host.logInAddress !== null) logger.announce(`Open ${host.logInAddress}\n`);
  logger.announce(`Switchyard is ready on ${host.address}\n`);
  if (options.open) {
    closePage = await openPage({
      platform: process.platform,
      address: host.address,
      logInAddress: host.logInAddress,
      dataFolder: host.dataFolder,
      clock: systemClock,
      failed: (reason) =>
        logger.info('No browser could be opened; open the address above yourself', { reason }),
    });
  }
}

function surroundingsOf(logger: HostLogger, note: (text: string) => void): Surroundings {
  const workingFolder = process.cwd();
  return {
    version: manifest.version,
    clock: systemClock,
    logger,
    note,
    environment: loadEnvironment(process.env, workingFolder),
    workingFolder,
    homeFolder: findHomeFolder(),
    platform: process.platform,
  };
}

/** What nobody caught is a bug: it is written down, and the process ends rather than run on half broken. */
function exitOnBugs(logger: HostLogger): void {
  const onBug = (error: unknown): void => {
    logger.error('Switchyard met an error it does not know and stops', { error });
    void end(1, logger);
  };
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);
}

async function end(code: number, logger: HostLogger): Promise<void> {
  const patience = new Promise<void>((resolve) => {
    systemClock.after(LAST_LINES, resolve);
  });
  await Promise.race([logger.flush(), patience]);
  process.exit(code);
}

/** One sentence where the operator can do something; the whole story where it is our fault. */
function sentenceOf(error: unknown): string {
  if (error instanceof StartProblem || error instanceof ListenError || error instanceof ConfigError) {
    return error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
