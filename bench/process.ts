/** Processes under measurement: started, asked for their CPU time, ended. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Bytes, and what keeps the process alive. */
export interface Memory {
  readonly heap: number;
  readonly external: number;
  readonly rss: number;
  readonly handles: number;
}

export interface Measured {
  readonly port: number;
  readonly pid: number;
  /** CPU time of the main thread so far, microseconds. */
  cpu(): Promise<number>;
  /** Resident memory, bytes. */
  rss(): Promise<number>;
  /** After a collection, which takes its time: nothing is measured meanwhile. */
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

const at = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const PROBE = ['--import', at('./probe.ts')];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const nextMessage = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('the measured process ended'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });

function measured(child: ChildProcess, port: number): Measured {
  const answerTo = async (question: 'cpu' | 'memory'): Promise<(field: string) => number> => {
    child.send(question);
    const answer = await nextMessage(child);
    return (field) => {
      const value = isRecord(answer) ? answer[field] : undefined;
      if (typeof value !== 'number') throw new Error(`no ${field} from the measured process`);
      return value;
    };
  };
  const ask = async (field: 'cpu' | 'rss'): Promise<number> => (await answerTo('cpu'))(field);
  return {
    port,
    pid: child.pid ?? 0,
    cpu: () => ask('cpu'),
    rss: () => ask('rss'),
    async memory() {
      const of = await answerTo('memory');
      return { heap: of('heap'), external: of('external'), rss: of('rss'), handles: of('handles') };
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** Starts one of the benchmark's own servers, which sends its port. */
export async function startOwn(file: string, args: readonly string[] = []): Promise<Measured> {
  const child = fork(at(file), [...args], { execArgv: PROBE });
  const message = await nextMessage(child);
  if (!isRecord(message) || typeof message['port'] !== 'number') throw new Error(`${file} sent no port`);
  return measured(child, message['port']);
}

/** Starts the built gateway. @returns it with the time to its ready line, ms */
export async function startGateway(
  main: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly gateway: Measured; readonly ready: number }> {
  const began = performance.now();
  const child = fork(main, [...args], {
    execArgv: PROBE,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let text = '';
  for await (const bytes of child.stdout ?? []) {
    text += String(bytes);
    const port = /is ready on http:\/\/[^\s]*:(\d+)/.exec(text)?.[1];
    if (port !== undefined) {
      child.stdout?.resume();
      return { gateway: measured(child, Number(port)), ready: performance.now() - began };
    }
  }
  throw new Error(`the gateway ended before it was ready:\n${text}`);
}
