import { expect, it } from 'vitest';
import { CONNECT_SAYINGS } from '../../contract/rpc/connect-sayings.ts';
import { RpcError } from '../../contract/rpc/errors.ts';
import { FAULTS } from '../../contract/rpc/faults.ts';
import { PROBLEM_SAYINGS } from '../../contract/rpc/problem-sayings.ts';
import { REFUSALS } from '../../contract/rpc/refusals.ts';
import en from '../../resources/locales/en.json' with { type: 'json' };
import zh from '../../resources/locales/zh-CN.json' with { type: 'json' };
import type { ConfigFile } from '../core/ports.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { silentLogger } from '../testing/silent-logger.ts';
import { codesOf, toldGaps } from '../testing/told-gaps.ts';
import { applyEdits, type ConfigEdit } from './edit.ts';
import { NO_OVERRIDES } from './overrides.ts';
import { createConfigStore, type ConfigStore } from './store.ts';

/** A file that holds `text` and takes nothing. */
function fileOf(text: string): ConfigFile {
  const nothing = () => Promise.resolve();
  return {
    location: '/etc/config.yaml',
    read: () => Promise.resolve(text),
    write: nothing,
    checkWritable: nothing,
    keepBroken: () => Promise.resolve('/etc/copy.yaml'),
    keepCopy: () => Promise.resolve('/etc/copy.yaml'),
    readLastGood: () => Promise.resolve(undefined),
    writeLastGood: nothing,
    watch: () => () => undefined,
  };
}

const storeOf = (text: string): Promise<ConfigStore> =>
  createConfigStore({
    file: fileOf(text),
    clock: createSteppedClock(),
    logger: silentLogger,
    environment: {},
    overrides: NO_OVERRIDES,
    builtIn: ['openai'],
  });

const port: ConfigEdit = { op: 'set', path: ['server', 'port'], value: 1 };
const edited = (text: string, edit: ConfigEdit) => async (): Promise<unknown> =>
  Promise.resolve(applyEdits(text, [edit]));
const inStore = (text: string, edit: ConfigEdit) => async (): Promise<unknown> =>
  (await storeOf(text)).edit([edit]);

it.each<readonly [what: string, act: () => Promise<unknown>, codes: readonly string[]]>([
  [
    'a result that is no configuration',
    inStore('', { ...port, value: 'x' }),
    ['change-refused', 'listed', 'at-path-line', 'number'],
  ],
  [
    'a result that does not fit together',
    inStore('', { op: 'add', path: ['models'], value: { id: 'a', provider: 'opnai' } }),
    [
      'change-refused',
      'listed',
      'at-path-line',
      'sentences',
      'not-built-in',
      'did-you-mean',
      'or-add-provider',
    ],
  ],
  [
    'a broken file',
    inStore('server: [', port),
    ['config-broken-first', 'listed', 'at-line-column', 'yaml-indent'],
  ],
  [
    'a file that changed meanwhile',
    async () => (await storeOf('')).replace('server: {}', 'other', false),
    ['file-changed-meanwhile'],
  ],
  [
    'an id twice',
    edited('models: [{ id: a }]', { op: 'add', path: ['models'], value: { id: 'a' } }),
    ['entry-there'],
  ],
  [
    'an entry that is there again',
    edited('models: [{ id: a }]', {
      op: 'restore',
      path: ['models'],
      entry: { id: 'a', text: 'id: a', at: 0 },
    }),
    ['entry-again'],
  ],
  ['nothing to delete', edited('', { op: 'delete', path: ['providers', { id: 'xai' }] }), ['no-own-entry']],
  [
    'nothing to delete at a place',
    edited('budgets: []', { op: 'delete', path: ['budgets', { at: 0 }] }),
    ['no-own-entry'],
  ],
  ['a form of its own', edited('a: &a { port: 1 }\nserver: *a\n', port), ['form-by-hand']],
  [
    'what others refer to',
    edited('a: &port 1\nserver: { port: *port }\n', { op: 'set', path: ['a'], value: 2 }),
    ['anchor-by-hand'],
  ],
  ['a file that is one value', edited('5', port), ['whole-by-hand']],
])('%s is refused as data with words in both languages', async (_, act, codes) => {
  const error: unknown = await act().catch((reason: unknown) => reason);
  if (!(error instanceof RpcError) || error.told === undefined) throw new Error('not refused as data');
  expect(error.told.text).toBe(error.message);
  expect(codesOf(error.told)).toEqual(codes);
  expect(toldGaps([en, zh], error.told)).toEqual([]);
});

it('no code stands for two sentences', () => {
  const all = [...FAULTS, ...REFUSALS, ...PROBLEM_SAYINGS, ...CONNECT_SAYINGS];
  expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
});
