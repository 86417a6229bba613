/** A whole gateway on a free port, with a temporary data folder and a configuration in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestRow } from '../../contract/log/row.ts';
import type { RpcResult } from '../../contract/rpc/errors.ts';
import { createGateway, createMemorySecrets, type Gateway, type GatewayPorts } from '../index.ts';
import { NO_OVERRIDES } from '../config/overrides.ts';
import type { ConfigFile, Logger } from '../core/ports.ts';
import { BUSY_MACHINE } from './test-log.ts';

export interface TestGateway {
  readonly url: string;
  readonly port: number;
  readonly gateway: Gateway;
  /** Everything that was logged, as text. */
  readonly logged: readonly string[];
  readonly folder: string;
  readonly call: (name: string, input?: unknown) => Promise<RpcResult<unknown>>;
  /** Finished rows, oldest first, once there are at least `count`. */
  readonly rows: (count: number) => Promise<readonly RequestRow[]>;
  readonly chat: (
    body: object | string,
    headers?: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

/** The system's clock with real timers. */
export const realClock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay: number, task: () => void) {
    const timer = setTimeout(task, delay);
    return () => clearTimeout(timer);
  },
};

/** A configuration that lives in memory. */
export function memoryFile(text: string | undefined): ConfigFile & { text: string | undefined } {
  const file = {
    location: 'memory',
    text,
    read: () => Promise.resolve(file.text),
    write: (next: string) => {
      file.text = next;
      return Promise.resolve();
    },
    checkWritable: () => Promise.resolve(),
    keepBroken: () => Promise.resolve('memory.broken'),
    keepCopy: () => Promise.resolve('memory.before-import'),
    readLastGood: () => Promise.resolve(undefined),
    writeLastGood: () => Promise.resolve(),
    watch: () => () => undefined,
  };
  return file;
}

/** The workers as they run unbuilt. */
export const TEST_WORKERS = {
  log: new URL('../storage/worker.ts', import.meta.url),
  tokens: new URL('../estimates/worker.ts', import.meta.url),
};

/** Of 25 ms each and more: a busy machine takes its time. */
const LOOKS = 600;

const isRow = (value: unknown): value is RequestRow =>
  typeof value === 'object' && value !== null && 'attempts' in value;
const isPage = (value: unknown): value is { rows: readonly { id: string; outcome: string }[] } =>
  typeof value === 'object' && value !== null && 'rows' in value;

export async function startTestGateway(
  yaml: string,
  ports: Partial<GatewayPorts> = {},
): Promise<TestGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-test-'));
  const logged: string[] = [];
  const note =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      logged.push(`${level} ${message} ${JSON.stringify(fields)}`);
    };
  const logger: Logger = {
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
  };
  const gateway = await createGateway({
    version: '0.0.0-test',
    clock: realClock,
    random: Math.random,
    logger,
    configFile: memoryFile(yaml),
    overrides: { ...NO_OVERRIDES, settings: [{ path: 'server.port', value: 0, origin: 'test' }] },
    environment: {},
    secrets: createMemorySecrets(),
    dataFolder: folder,
    workers: TEST_WORKERS,
    routes: () => [],
    sessionOf: () => null,
    demoUpstream: null,
    log: { patience: BUSY_MACHINE },
    ...ports,
  });
  const { address, port } = await gateway.listen();
  const call = (name: string, input: unknown = {}): Promise<RpcResult<unknown>> =>
    gateway.control.call(name, input);

  return {
    url: address,
    port,
    gateway,
    logged,
    folder,
    call,
    async rows(count) {
      for (let look = 0; look < LOOKS; look += 1) {
        const page = await call('requests.list', { limit: 500 });
        const finished =
          page.ok && isPage(page.data) ? page.data.rows.filter(({ outcome }) => outcome !== 'live') : [];
        if (finished.length >= count) {
          const rows = await Promise.all(
            finished.map(async ({ id }) => {
              const row = await call('requests.get', { id });
              if (!row.ok || !isRow(row.data)) throw new Error(`no row ${id}`);
              return row.data;
            }),
          );
          return rows.reverse();
        }
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`fewer than ${count} finished rows`);
    },
    chat: (body, headers = {}, signal) =>
      fetch(`${address}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...(signal === undefined ? {} : { signal }),
      }),
    async stop() {
      await gateway.drain(200);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The row of the last request a provider served, once it has ended. */
export async function finishedRow({ call }: TestGateway, provider: string): Promise<RequestRow> {
  for (let look = 0; look < LOOKS; look += 1) {
    const page = await call('requests.list', {
      filter: { where: [{ kind: 'text', field: 'provider', values: [provider] }] },
      limit: 1,
    });
    const last = page.ok && isPage(page.data) ? page.data.rows[0] : undefined;
    if (last !== undefined && last.outcome !== 'live') {
      const row = await call('requests.get', { id: last.id });
      if (row.ok && isRow(row.data)) return row.data;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`no finished row of ${provider}`);
}

/** The part of a configuration that names one custom provider with keys. */
export function providerYaml(id: string, url: string, keys: readonly string[], more = ''): string {
  const list = keys.map((value, index) => `{ id: k${index + 1}, value: ${value} }`).join(', ');
  return `  - { id: ${id}, dialect: openai-chat, base_url: "${url}", allow_private_network: true, models: [m], keys: [${list}]${more} }\n`;
}

/** Keys long enough to have a fingerprint. */
export const KEY_ONE = 'sk-test-one-0000000000001111';
export const KEY_TWO = 'sk-test-two-0000000000002222';
export const KEY_THREE = 'sk-test-three-00000000003333';
