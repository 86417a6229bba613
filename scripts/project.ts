/** Where the project is, and how its scripts run programs in it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The project's folder. */
export const ROOT = join(import.meta.dirname, '..');

/** Programs of the project's own dependencies first, as in npm scripts. */
const PATH = [join(ROOT, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(
  process.platform === 'win32' ? ';' : ':',
);

export interface RunOptions {
  /** Further environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Keeps standard output instead of showing it. */
  readonly quiet?: boolean;
}

/**
 * Runs a program in the project's folder with this terminal; signals of the terminal reach it by themselves.
 * @returns its exit code, 1 where a signal ended it or it could not be started, and its output where `quiet`
 */
export function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, PATH, ...options.environment },
      stdio: ['inherit', options.quiet === true ? 'pipe' : 'inherit', 'inherit'],
      // Windows finds .cmd files only through its shell; the arguments are our own.
      shell: process.platform === 'win32',
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`);
      resolve({ code: 1, output: '' });
    });
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}
