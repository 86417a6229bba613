import { describe, expect, it } from 'vitest';
import type { ConfigFile, Logger } from '../core/ports.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { NO_OVERRIDES, type Overrides } from './overrides.ts';
import { ConfigError, ConfigRefusal } from './problem.ts';
import { createConfigStore, SETTLE_TIME, type ConfigStore } from './store.ts';

const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A configuration in memory that tells of changes as a disk does. */
interface MemoryFile extends ConfigFile {
  text: string | undefined;
  lastGood: string | undefined;
  readonly broken: string[];
  readonly writes: string[];
  /** What reading fails with. */
  failing: string | undefined;
  /** As an editor does. */
  change(text: string | undefined): void;
  watched(): boolean;
}

function createMemoryFile(text: string | undefined, lastGood?: string): MemoryFile {
  const watchers = new Set<() => void>();
  const file: MemoryFile = {
    location: '/etc/config.yaml',
    text,
    lastGood,
    broken: [],
    writes: [],
    failing: undefined,
    read: () =>
      file.failing === undefined ? Promise.resolve(file.text) : Promise.reject(new Error(file.failing)),
    write: (next: string) => {
      file.writes.push(next);
      file.change(next);
      return Promise.resolve();
    },
    keepCopy: () => Promise.resolve('copy'),
    checkWritable: () => Promise.resolve(),
    keepBroken: (broken: string, at: Date) => {
      file.broken.push(broken);
      return Promise.resolve(`/etc/config.broken-${at.toISOString()}`);
    },
    readLastGood: () => Promise.resolve(file.lastGood),
    writeLastGood: (good: string) => {
      file.lastGood = good;
      return Promise.resolve();
    },
    watch: (changed: () => void) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    change(next) {
      file.text = next;
      for (const watcher of watchers) watcher();
    },
    watched: () => watchers.size > 0,
  };
  return file;
}

async function start(
  text: string | undefined,
  options: { lastGood?: string; overrides?: Partial<Overrides>; environment?: Record<string, string> } = {},
) {
  const file = createMemoryFile(text, options.lastGood);
  const clock = createSteppedClock();
  const store = await createConfigStore({
    file,
    clock,
    logger: silent,
    environment: options.environment ?? {},
    overrides: { ...NO_OVERRIDES, ...options.overrides },
    builtIn: ['openai', 'groq'],
  });
  const changes: number[] = [];
  store.onChange((config) => changes.push(config.server.port));
  /** Lets the file settle, then waits until the store has read it. */
  const settle = async (): Promise<void> => {
    clock.step(SETTLE_TIME);
    await turn(store);
  };
  return { file, clock, store, changes, settle };
}

/** The store does one thing at a time: an edit that fails changes nothing and ends after everything before it. */
const turn = (store: ConfigStore): Promise<unknown> =>
  store.edit([{ op: 'delete', path: ['nothing'] }]).catch(() => undefined);

describe('start', () => {
  it('without a file runs on the defaults, without complaint', async () => {
    const { store } = await start(undefined);
    expect(store.current().server.port).toBe(8000);
    expect(store.problem()).toBeNull();
  });

  it('keeps the text that works', async () => {
    const { file } = await start('server: { port: 1 }');
    expect(file.lastGood).toBe('server: { port: 1 }');
  });

  it('with a broken file keeps it aside, uses the last good copy and says all of it', async () => {
    const { file, store } = await start('server: { port: x }', { lastGood: 'server: { port: 7 }' });
    expect(store.current().server.port).toBe(7);
    expect(file.broken).toEqual(['server: { port: x }']);
    expect(store.problem()?.text).toBe(
      '/etc/config.yaml cannot be used: server.port (line 1): a number is needed. The last good copy is used instead; a copy of the broken file is kept as /etc/config.broken-2026-11-21T00:00:00.000Z.',
    );
    expect(file.lastGood).toBe('server: { port: 7 }');
    expect(file.writes).toEqual([]);
  });

  it.each([
    ['no last good copy', undefined],
    ['a last good copy that is none any more', 'server: { prot: 1 }'],
  ])('with a broken file and %s uses the defaults', async (_, lastGood) => {
    const { store } = await start('server: [', lastGood === undefined ? {} : { lastGood });
    expect(store.current().server.port).toBe(8000);
    expect(store.problem()?.text).toContain('The defaults are used instead');
  });

  it('refuses to run unsafely, and blames the environment and not the file', async () => {
    const environment = { SESSION_SECRET_KEY: 'a-very-secret-and-random-key-replace-this-in-production' };
    await expect(start('server: { host: 0.0.0.0 }', { environment })).rejects.toThrow(ConfigRefusal);
  });

  it('refuses overrides that no file can make right', async () => {
    const overrides = { settings: [{ path: 'server.port', value: 99_999, origin: '--port' }] };
    await expect(start(undefined, { overrides })).rejects.toThrow(ConfigError);
  });
});

describe('hot reload', () => {
  it('takes a change over once the file has settled', async () => {
    const { file, clock, store, changes, settle } = await start('server: { port: 1 }');
    file.change('server: { po');
    clock.step(SETTLE_TIME - 1);
    file.change('server: { port: 2 }');
    clock.step(SETTLE_TIME - 1);
    await turn(store);
    expect(changes).toEqual([]);
    await settle();
    expect(changes).toEqual([2]);
    expect(file.lastGood).toBe('server: { port: 2 }');
  });

  it.each([
    ['half-written', 'server: { po', 'line 1'],
    ['invalid', 'server: { port: x }', 'server.port'],
    ['empty', '', 'the file is empty'],
    ['gone', undefined, 'the file is gone'],
  ])(
    'a file that is %s changes nothing, is said, and is forgotten once it is good again',
    async (_, text, said) => {
      const { file, store, changes, settle } = await start('server: { port: 1 }');
      file.change(text);
      await settle();
      expect(store.current().server.port).toBe(1);
      expect(store.problem()?.text).toContain(said);
      expect(store.problem()?.text).toContain('The previous configuration stays in force');
      expect(file.broken).toEqual([]);
      file.change('server: { port: 3 }');
      await settle();
      expect(store.problem()).toBeNull();
      expect(changes).toEqual([3]);
    },
  );

  it('a file that cannot be read is said, and forgotten when it comes back as it was', async () => {
    const { file, store, changes, settle } = await start('server: { port: 1 }');
    file.failing = 'no permission';
    file.change(file.text);
    await settle();
    expect(store.problem()?.text).toContain('no permission');
    file.failing = undefined;
    file.change(file.text);
    await settle();
    expect(store.problem()).toBeNull();
    expect(changes).toEqual([]);
  });

  it('events without a change of content do nothing', async () => {
    const { file, changes, settle } = await start('server: { port: 1 }');
    file.change('server: { port: 1 }');
    await settle();
    expect(changes).toEqual([]);
  });

  it('a file that appears later is taken over', async () => {
    const { file, changes, settle } = await start(undefined);
    file.change('server: { port: 5 }');
    await settle();
    expect(changes).toEqual([5]);
  });

  it('a repaired file ends the use of the last good copy', async () => {
    const { file, store, settle } = await start('server: [', { lastGood: 'server: { port: 7 }' });
    file.change('server: { port: 7 } # repaired');
    await settle();
    expect(store.problem()).toBeNull();
  });

  it('one listener that fails does not keep the change from the others', async () => {
    const { file, store, settle } = await start('');
    const seen: number[] = [];
    store.onChange(() => {
      throw new Error('mine');
    });
    store.onChange(({ server }) => seen.push(server.port));
    file.change('server: { port: 4 }');
    await settle();
    expect(seen).toEqual([4]);
  });

  it('ends with the store', async () => {
    const { file, store, changes, clock } = await start('');
    file.change('server: { port: 4 }');
    store.close();
    expect(file.watched()).toBe(false);
    clock.step(SETTLE_TIME);
    await turn(store);
    expect(changes).toEqual([]);
  });
});

describe('edit', () => {
  it('writes, applies and tells once: its own write is no second change', async () => {
    const { file, store, changes, settle } = await start('server:\n  port: 1 # mine\n');
    await store.edit([{ op: 'set', path: ['server', 'port'], value: 2 }]);
    expect(file.writes).toEqual(['server:\n  port: 2 # mine\n']);
    expect(changes).toEqual([2]);
    await settle();
    expect(changes).toEqual([2]);
  });

  it('that changes nothing writes nothing', async () => {
    const { file, store, changes } = await start('server: { port: 1 }\n');
    await store.edit([{ op: 'set', path: ['server', 'port'], value: 1 }]);
    expect(file.writes).toEqual([]);
    expect(changes).toEqual([]);
  });

  it('several at once come one after the other', async () => {
    const { file, store } = await start('');
    await Promise.all(
      ['a', 'b', 'c'].map((id) =>
        store.edit([{ op: 'add', path: ['clients'], value: { id, key: `key-${id}` } }]),
      ),
    );
    expect(store.current().clients.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(file.writes).toHaveLength(3);
  });

  it('starts from what is on disk now, settled or not', async () => {
    const { file, store } = await start('server: { port: 1 }');
    file.change('server: { port: 2 }\n');
    await store.edit([{ op: 'set', path: ['requests', 'page_size'], value: 50 }]);
    expect(store.current()).toMatchObject({ server: { port: 2 }, requests: { page_size: 50 } });
  });

  it('back to what is in force is written where another hand changed the file meanwhile', async () => {
    const { store, file } = await start('server: { port: 8000 }\n');
    file.text = 'server: { port: 9000 }\n';
    await store.edit([{ op: 'set', path: ['server', 'port'], value: 8000 }]);
    expect(file.text).toBe('server: { port: 8000 }\n');
    expect(store.current().server.port).toBe(8000);
  });

  it('an implicit provider can be disabled', async () => {
    const keys = [{ provider: 'openai', value: 'sk-1', weight: 1, origin: 'OPENAI_API_KEY' }];
    const { file, store } = await start(undefined, { overrides: { keys } });
    expect(store.current().providers).toMatchObject([{ id: 'openai', enabled: true }]);
    await store.edit([{ op: 'set', path: ['providers', { id: 'openai' }, 'enabled'], value: false }]);
    expect(store.current().providers).toMatchObject([
      { id: 'openai', enabled: false, keys: [{ value: 'sk-1' }] },
    ]);
    expect(file.text).toBe('providers:\n  - id: openai\n    enabled: false\n');
  });

  it.each([
    [
      'an invalid result',
      'server: { port: 1 }',
      ['server', 'port'],
      'x',
      'invalid_input',
      'The change was not made: server.port',
    ],
    [
      'a locked setting',
      '',
      ['admin', 'password'],
      'x',
      'locked',
      'admin.password is set by ADMIN_PASSWORD; change it there.',
    ],
    [
      'a section with a locked setting',
      '',
      ['admin'],
      {},
      'locked',
      'admin.password is set by ADMIN_PASSWORD',
    ],
  ])('refuses %s and writes nothing', async (_, text, path, value, code, sentence) => {
    const overrides = { settings: [{ path: 'admin.password', value: 'long', origin: 'ADMIN_PASSWORD' }] };
    const { file, store } = await start(text, { overrides });
    await expect(store.edit([{ op: 'set', path, value }])).rejects.toMatchObject({
      code,
      message: expect.stringContaining(sentence),
    });
    expect(file.writes).toEqual([]);
  });

  it.each([
    ['broken', 'server: [', 'conflict'],
    ['gone', undefined, 'unavailable'],
  ])('refuses to write over a file that is %s', async (_, text, code) => {
    const { file, store } = await start('server: { port: 1 }');
    file.change(text);
    await expect(store.edit([{ op: 'set', path: ['server', 'port'], value: 2 }])).rejects.toMatchObject({
      code,
    });
    expect(file.writes).toEqual([]);
    expect(store.current().server.port).toBe(1);
  });

  it('a file that cannot be written leaves everything as it was', async () => {
    const { file, store, changes } = await start('server: { port: 1 }');
    file.write = () => Promise.reject(new Error('no space left'));
    await expect(store.edit([{ op: 'set', path: ['server', 'port'], value: 2 }])).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('no space left'),
    });
    expect(store.current().server.port).toBe(1);
    expect(changes).toEqual([]);
  });
});
