/**
 * `npm start` and `npm run serve`: builds what is stale and starts the desktop app, or where there is none
 * becomes the headless host. Same process: its signals, exit code and memory are then the host's own.
 */
import { spawn } from 'node:child_process';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { isStale, TARGETS_OF, type HostName } from './build-targets.ts';
import type * as ElectronProgram from './electron-program.ts';
import { variableOfFile } from './env-file.ts';
import { ROOT, run } from './project.ts';
import { chooseHost, electronEnvironment, failureToStart, type DesktopEnd } from './start-choice.ts';

const ELECTRON = join(ROOT, 'node_modules', 'electron');
const args = process.argv.slice(2).filter((argument) => argument !== '--headless');
const headless = process.argv.includes('--headless') || wish('SWITCHYARD_HEADLESS') === '1';
const { host, note } = chooseHost(headless, process.env, process.platform);

if (note !== null) console.log(note);
if (host === 'desktop') {
  const failure = await startDesktop();
  if (failure !== null) console.log(`${failure}; starting without a window.`);
}
await startHeadless();

/** A variable that is set, else the one of `.env`. */
function wish(name: string): string {
  return process.env[name] || variableOfFile(name, process.cwd());
}

/** Ends this process with the app. @returns only when it could not start: why */
async function startDesktop(): Promise<string | null> {
  // Loaded only here: a server starts without it.
  const electron = await import('./electron-program.ts');
  const find = () => electron.findElectron(ELECTRON, process.env, process.platform);
  const program = find() ?? (await fetchProgram(electron, find));
  if (typeof program !== 'string') return program.failure;
  await build('desktop');
  const end = await runElectron(program);
  const failure = failureToStart(end);
  if (failure === null) process.exit(end.code ?? 1);
  return failure;
}

async function fetchProgram(
  { fetchElectron, versionOf }: typeof ElectronProgram,
  find: () => string | undefined,
): Promise<string | { readonly failure: string }> {
  const what = `Fetching Electron ${versionOf(ELECTRON)}`;
  const { isTTY } = process.stdout;
  process.stdout.write(`${what} ... `);
  const failure = await fetchElectron(ELECTRON, (share) => {
    if (isTTY) process.stdout.write(`\r${what} ... ${Math.floor(share * 100)} % `);
  });
  if (failure !== null) return { failure: `failed (${failure})` };
  console.log('done.');
  return find() ?? { failure: 'It is not where it should be' };
}

function runElectron(program: string): Promise<DesktopEnd> {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, [ROOT, ...args], {
      stdio: 'inherit',
      env: electronEnvironment(process.env),
    });
    // Ctrl-C of the terminal reaches both: the app ends in good order, and this process after it.
    const wait = (): void => undefined;
    const pass = (): void => void child.kill('SIGTERM');
    process.on('SIGINT', wait).on('SIGTERM', pass);
    const end = (code: number | null, signal: NodeJS.Signals | null): void => {
      process.off('SIGINT', wait).off('SIGTERM', pass);
      resolve({ code, signal, ran: performance.now() - began });
    };
    child.once('error', () => end(127, null));
    child.once('close', end);
  });
}

async function startHeadless(): Promise<void> {
  await build('headless');
  enableCompileCache(join(ROOT, 'out', '.cache'));
  const built: unknown = await import(new URL('../out/server/main.js', import.meta.url).href);
  if (typeof built === 'object' && built !== null && 'main' in built && typeof built.main === 'function') {
    await Reflect.apply(built.main, undefined, [args]);
  }
}

async function build(name: HostName): Promise<void> {
  const stale = await Promise.all(TARGETS_OF[name].map((target) => isStale(target)));
  if (!stale.includes(true)) return;
  // In a process of its own: the bundler's memory must not stay with the gateway.
  const { code } = await run(process.execPath, [join(ROOT, 'scripts', 'build.ts'), `--${name}`]);
  if (code !== 0) process.exit(code);
}
