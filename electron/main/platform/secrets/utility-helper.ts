/** The helper as a utility process of Electron. */
import type { utilityProcess } from 'electron';
import type { HelperProcess, StartHelper } from './helper-link.ts';

/**
 * Starts helpers from their entry: the `.ts` source unbuilt, the host's own output file when built.
 * Must not be called before the app is ready.
 */
export function startUtilityHelper(
  electron: { readonly utilityProcess: Pick<typeof utilityProcess, 'fork'> },
  entry: string,
): StartHelper {
  return (): HelperProcess => {
    const child = electron.utilityProcess.fork(entry, [], {
      serviceName: 'Switchyard keychain',
      stdio: 'ignore',
    });
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', (code) => listener(`with code ${code}`)),
      kill: () => killNow(child.pid) || child.kill(),
    };
  };
}

/** Electron asks a process to end; one that is blocked in native code may not listen. */
function killNow(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
    return true;
  }
}
