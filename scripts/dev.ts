/**
 * `npm run dev`: the headless host from its sources, restarted on change, and the pages rebuilt on change.
 * With `-- --desktop` the desktop app instead, rebuilt and started anew on change.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { build, mergeConfig } from 'vite';
import { configOf } from './build-config.ts';
import { TARGETS_OF, type BuildTarget } from './build-targets.ts';
import { findElectron } from './electron-program.ts';
import { ROOT, run } from './project.ts';
import { electronEnvironment } from './start-choice.ts';

const args = process.argv.slice(2).filter((argument) => argument !== '--desktop');
const [pages] = TARGETS_OF.headless;

if (process.argv.includes('--desktop')) await desktop();
else await headless();

async function headless(): Promise<void> {
  await watch(pages);
  // Building set NODE_ENV=production here, which would mean JSON log lines there.
  const { code } = await run(process.execPath, ['--watch', join(ROOT, 'server', 'main.ts'), ...args], {
    environment: { NODE_ENV: 'development' },
  });
  process.exit(code);
}

/** A rebuilt page is there after a reload (Ctrl+R); a rebuilt host starts anew. */
async function desktop(): Promise<void> {
  const program = findElectron(join(ROOT, 'node_modules', 'electron'), process.env, process.platform);
  if (program === undefined) {
    console.error('Electron is not installed yet; `npm start` fetches it.');
    process.exit(1);
  }
  let app: ChildProcess | undefined;
  const start = (): void => {
    const started = spawn(program, [ROOT, ...args], {
      stdio: 'inherit',
      env: { ...electronEnvironment(process.env), NODE_ENV: 'development' },
    });
    app = started;
    // Ended by the user, not by us, it is over.
    started.once('close', (code) => (app === started ? process.exit(code ?? 1) : start()));
  };
  const restart = (): void => {
    const ending = app;
    // The next one waits until this one has let go of the data folder.
    app = undefined;
    ending?.kill('SIGTERM');
  };
  for (const target of TARGETS_OF.desktop) await watch(target, target === pages ? undefined : restart);
  process.on('SIGINT', () => undefined);
  start();
}

/** Builds once, and again after each change. @param rebuilt called after every build but the first */
async function watch(target: BuildTarget, rebuilt: () => void = () => undefined): Promise<void> {
  const first = Promise.withResolvers<undefined>();
  let builds = 0;
  const tell = {
    name: 'switchyard:rebuilt',
    closeBundle() {
      builds += 1;
      if (builds === 1) first.resolve(undefined);
      else rebuilt();
    },
  };
  await build(
    mergeConfig(await configOf(target), {
      plugins: [tell],
      // The folder keeps its files while it is built anew: a reload in between still finds a page.
      build: { watch: {}, emptyOutDir: false },
    }),
  );
  await first.promise;
}
