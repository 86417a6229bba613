/** `utilityProcess.fork`: a child process of Node in place of Electron's. */
import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ForkOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly stdio?: 'ignore' | 'inherit' | 'pipe';
  readonly serviceName?: string;
}

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    child.on('spawn', () => this.emit('spawn'));
    child.on('message', (message) => this.emit('message', message));
    child.on('exit', (code, signal) => this.emit('exit', code ?? (signal === null ? 0 : 1)));
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }

  get stdout(): ChildProcess['stdout'] {
    return this.#child.stdout;
  }

  get stderr(): ChildProcess['stderr'] {
    return this.#child.stderr;
  }

  postMessage(message: unknown): void {
    // Electron loses a message to a process that has ended, too.
    if (this.#child.connected) this.#child.send({ message });
  }

  kill(): boolean {
    return this.#child.kill();
  }
}

/** Ends with this process, as Electron's own do. */
export function createUtilityProcesses() {
  const children = new Set<ChildProcess>();
  return {
    fork: (entry: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess => {
      const { env = process.env, cwd, stdio = 'inherit' } = options;
      const child = fork(entry, [...args], {
        ...(cwd === undefined ? {} : { cwd }),
        env: { ...env, STAND_IN_CHILD: '1' },
        execArgv: ['--import', at('../register.ts'), '--import', at('./parent-port.ts')],
        serialization: 'advanced',
        stdio: ['ignore', stdio, stdio, 'ipc'],
      });
      children.add(child);
      child.on('exit', () => children.delete(child));
      return new UtilityProcess(child);
    },
    endAll(): void {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}
