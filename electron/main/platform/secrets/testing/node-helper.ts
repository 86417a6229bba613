/** The helper as a child process of Node, for tests. */
import { fork } from 'node:child_process';
import type { HelperProcess } from '../helper-link.ts';

export interface NodeHelper extends HelperProcess {
  readonly pid: number;
}

/** @param environment of the helper; that of the test when absent */
export function startNodeHelper(entry: URL, environment?: NodeJS.ProcessEnv): NodeHelper {
  const child = fork(entry, { env: environment, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
  return {
    pid: child.pid ?? 0,
    send: (message) => void child.send(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) =>
      void child.once('exit', (code, signal) => listener(`with ${signal ?? `code ${code ?? 0}`}`)),
    kill: () => void child.kill('SIGKILL'),
  };
}
