import { expect, it } from 'vitest';
import { createSteppedClock } from '../../../gateway/testing/clock.ts';
import { linkHandlers } from './handlers.ts';
import { createLinkDesk } from './link-desk.ts';
import { freeId } from './provider-id.ts';

function setUp(refuse?: Error) {
  let noKeys: Error | null = null;
  const present = [{ id: 'local' }];
  const log: unknown[] = [];
  const desk = createLinkDesk(createSteppedClock(), () => '…mine');
  const control: object = {
    'providers.list': () => Promise.resolve(present),
    'providers.templates': () => Promise.resolve([{ id: 'openai' }]),
    'providers.add': (input: unknown) => {
      log.push(input);
      return refuse === undefined ? Promise.resolve({}) : Promise.reject(refuse);
    },
    'providers.remove': (input: unknown) => Promise.resolve(log.push({ removed: input })),
    'keys.add': (input: unknown) =>
      noKeys === null ? Promise.resolve(log.push(input)) : Promise.reject(noKeys),
  };
  const handlers: object = Reflect.apply(linkHandlers, undefined, [desk, control]);
  const call = (name: string, input: unknown): Promise<unknown> => {
    const handler: unknown = Reflect.get(handlers, name);
    if (typeof handler !== 'function') throw new Error(name);
    return Promise.resolve(Reflect.apply(handler, undefined, [input]));
  };
  /** The store of keys takes none, or takes them again. */
  const lock = (why: Error | null): void => {
    noKeys = why;
  };
  return { log, desk, call, lock, present };
}
const link = {
  kind: 'add-provider',
  name: 'OpenAI',
  dialect: 'openai-chat',
  baseUrl: 'https://a.example/v1',
  key: 'sk-0123456789',
} as const;

it('does nothing before the user says so, then exactly what was shown', async () => {
  const { log, desk, call } = setUp();
  desk.offer(link);
  expect(log).toEqual([]);
  expect(await call('desktop.acceptLink', { id: 1, allowPrivateNetwork: false })).toEqual({
    provider: 'openai-2',
  });
  expect(log).toMatchObject([
    { id: 'openai-2', name: 'OpenAI', baseUrl: 'https://a.example/v1', allowPrivateNetwork: false },
    { provider: 'openai-2', value: 'sk-0123456789' },
  ]);
  await expect(call('desktop.acceptLink', { id: 1, allowPrivateNetwork: false })).rejects.toThrow('already');
});

it('stays on the desk when it could not be done, and goes when it is declined', async () => {
  const { desk, call } = setUp(new Error('read-only file'));
  desk.offer(link);
  await expect(call('desktop.acceptLink', { id: 1, allowPrivateNetwork: true })).rejects.toThrow('read-only');
  expect(desk.asked(1)).toEqual(link);
  await call('desktop.declineLink', { id: 1 });
  expect(desk.asked(1)).toBeNull();
});

it('keeps the key until it is added: the second time the key alone is', async () => {
  const { log, desk, call, lock, present } = setUp();
  desk.offer(link);
  lock(new Error('The keyring is locked.'));
  await expect(call('desktop.acceptLink', { id: 1, allowPrivateNetwork: false })).rejects.toThrow('locked');
  expect(desk.asked(1)).toEqual(link);
  present.push({ id: 'openai-2' });
  lock(null);
  expect(await call('desktop.acceptLink', { id: 1, allowPrivateNetwork: false })).toEqual({
    provider: 'openai-2',
  });
  expect(log).toMatchObject([{ id: 'openai-2' }, { provider: 'openai-2', value: 'sk-0123456789' }]);
  expect(desk.asked(1)).toBeNull();
});

it('declined after its key was refused leaves no provider behind, and of others takes none', async () => {
  const { log, desk, call, lock } = setUp();
  desk.offer(link);
  desk.offer({ ...link, name: 'Lab' });
  lock(new Error('The keyring is locked.'));
  await expect(call('desktop.acceptLink', { id: 1, allowPrivateNetwork: false })).rejects.toThrow('locked');
  await call('desktop.declineLink', { id: 1 });
  expect(log).toMatchObject([{ id: 'openai-2' }, { removed: { id: 'openai-2' } }]);
  await call('desktop.declineLink', { id: 2 });
  expect(log).toHaveLength(2);
});

it('cannot accept a refused one', async () => {
  const { desk, call } = setUp();
  desk.offer({ kind: 'refused', reason: 'unknown' });
  await expect(call('desktop.acceptLink', { id: 1, allowPrivateNetwork: true })).rejects.toThrow();
});

it.each([
  ['My vLLM server', 'my-vllm-server'],
  ['本地模型', 'provider'],
  ['custom', 'custom-2'],
  ['Local', 'local-3'],
  ['../../x', 'x'],
])('%s becomes %s', (name, id) => {
  expect(freeId(name, new Set(['local', 'local-2']))).toBe(id);
});
