/** Several Switchyards on one home folder, each with a data folder of its own. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { ConnectOrder } from '../../../contract/rpc/procedures/connect.ts';
import { createConnector, type ClientChange, type Connector } from '../connector.ts';
import { diskFiles } from '../files.ts';
import { FORMATS } from '../formats/index.ts';
import type { ToolTexts } from '../tool.ts';
import { TOOLS } from '../tools/index.ts';
import { HOMES } from './homes/index.ts';

export const IDS = [
  'claude-code',
  'codex',
  'gemini-cli',
  'opencode',
  'cline',
  'continue',
  'aider',
  'zed',
] as const;
export type Id = (typeof IDS)[number];

export const FIRST = 'http://127.0.0.1:8000';
export const SECOND = 'http://127.0.0.1:9000';
/** Where no key is asked for. */
export const ANY_KEY = 'local';

const NO_CLIENT: ClientChange = {
  client: null,
  before: () => Promise.resolve(() => Promise.resolve()),
  after: () => Promise.resolve(),
};

interface Switchyard {
  readonly own: Connector;
  readonly address: string;
  readonly key: string;
}

export interface SharedHome {
  /** @param running addresses at which a Switchyard runs; at first {@link FIRST} and {@link SECOND} */
  readonly listen: (running: readonly string[]) => void;
  /** @param keys those in its configuration besides */
  readonly switchyard: (name: string, address: string, key: string, keys?: readonly string[]) => Switchyard;
  readonly first: (key?: string) => Switchyard;
  readonly second: (key?: string) => Switchyard;
  /** @param model for each slot */
  readonly order: (
    who: Switchyard,
    tool: Id,
    does: 'connect' | 'remove' | 'keep',
    model?: string,
  ) => Promise<void>;
  readonly put: (tool: Id, text: string) => Promise<void>;
  readonly get: (tool: Id) => Promise<string>;
}

/** A new one for each test of the file that calls this. */
export function sharedHome(): SharedHome {
  let home: string;
  let listening: readonly string[];
  beforeEach(async () => {
    listening = [FIRST, SECOND];
    home = await mkdtemp(join(tmpdir(), 'switchyard-others-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const switchyard: SharedHome['switchyard'] = (name, address, key, keys = []) => ({
    own: createConnector({
      files: diskFiles,
      around: { homeFolder: home, environment: {}, platform: 'linux' },
      folder: join(home, name, 'connect'),
      definitions: Object.values(TOOLS),
      formats: FORMATS,
      now: () => Date.UTC(2026, 10, 20),
      listens: (at) => Promise.resolve(listening.some((each) => at.startsWith(each))),
      knowsKey: (one) => one === key || keys.includes(one),
    }),
    address,
    key,
  });
  const first = (key = 'sy-AAAAAAAAAAAAAAAA'): Switchyard => switchyard('a', FIRST, key);

  async function pathOf(tool: Id): Promise<string> {
    const { files } = await first().own.look(tool);
    return files[0]?.found.path ?? '';
  }

  return {
    listen: (running) => {
      listening = running;
    },
    switchyard,
    first,
    second: (key = 'sy-BBBBBBBBBBBBBBBB') => switchyard('b', SECOND, key),
    order: async ({ own, address, key }, tool, does, model = 'one-two') => {
      const models = Object.fromEntries(TOOLS[tool].slots.map(({ id }) => [id, model]));
      const what: ConnectOrder = does === 'connect' ? { does, models, ownKey: false } : { does };
      const input = { tool, order: what, wiring: { address, key, models } };
      await own.apply(input, (await own.plan(input)).version, () => NO_CLIENT);
    },
    put: async (tool, text) => {
      const path = await pathOf(tool);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    },
    get: async (tool) => readFile(await pathOf(tool), 'utf8'),
  };
}

/** What the settings of a tool say before anybody connects it. */
export function original(tool: Id): string {
  const texts: ToolTexts = HOMES[tool];
  return texts[TOOLS[tool].files[0]?.name ?? ''] ?? '';
}
