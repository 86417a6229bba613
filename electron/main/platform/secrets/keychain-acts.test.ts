import { describe, expect, it } from 'vitest';
import type { EntryOptions } from 'keytar';
import type { HelperRequest } from './helper-messages.ts';
import { perform, type Binding } from './keychain-acts.ts';

/** A keychain in memory that behaves as the Secret Service does. */
function fakeBinding() {
  const items = new Map<string, string>();
  const options: EntryOptions[] = [];
  const touched: string[] = [];
  const state = { locked: false, bus: true };
  const binding: Binding = {
    Entry: class {
      readonly #name: string;
      constructor(service: string, name: string, given: EntryOptions) {
        if (!state.bus) throw new Error('DBus error: no bus');
        options.push(given);
        this.#name = `${service}:${name}`;
      }
      #touch(): void {
        touched.push(this.#name);
        if (state.locked) throw new Error('Secret Service: unlock prompt was dismissed');
      }
      getPassword(): string | null {
        this.#touch();
        return items.get(this.#name) ?? null;
      }
      setPassword(value: string): void {
        this.#touch();
        items.set(this.#name, value);
      }
      deletePassword(): boolean {
        this.#touch();
        return items.delete(this.#name);
      }
    },
    findCredentials(service) {
      const found = [...items.keys()].filter((name) => name.startsWith(`${service}:`));
      if (found.length > 0 && state.locked) throw new Error('IsLocked: Cannot get secret of a locked object');
      return found;
    },
  };
  return { binding, items, options, touched, state };
}

const request = (act: HelperRequest['act'], name = '', value = ''): HelperRequest => ({
  id: 7,
  act,
  service: 'Switchyard',
  name,
  value,
});

describe.each(['linux', 'darwin', 'win32'])('one act on the keychain of %s', (platform) => {
  it('pins every item on Linux to the Secret Service', () => {
    const { binding, options } = fakeBinding();
    for (const act of ['mark', 'check', 'set', 'get', 'delete'] as const)
      perform(request(act, 'a'), binding, platform);
    expect(options.length).toBeGreaterThan(5);
    for (const given of options) expect(given).toEqual({ linux: { store: 'secret-service' } });
  });

  it('does nothing before the mark is there', () => {
    const { binding, items } = fakeBinding();
    for (const act of ['check', 'get', 'set', 'delete'] as const) {
      expect(perform(request(act, 'openai/k1', 'v'), binding, platform)).toEqual({ id: 7, kind: 'unmarked' });
    }
    expect(items.size).toBe(0);
  });

  it('keeps, gives back and deletes', () => {
    const { binding } = fakeBinding();
    const done = (value: string | null) => ({ id: 7, kind: 'done', value });
    expect(perform(request('mark'), binding, platform)).toEqual(done(null));
    expect(perform(request('set', 'openai/k1', 'sk-1'), binding, platform)).toEqual(done(null));
    expect(perform(request('get', 'openai/k1'), binding, platform)).toEqual(done('sk-1'));
    expect(perform(request('delete', 'openai/k1'), binding, platform)).toEqual(done(null));
    expect(perform(request('delete', 'openai/k1'), binding, platform)).toEqual(done(null));
    expect(perform(request('get', 'openai/k1'), binding, platform)).toEqual(done(null));
  });

  it('tells the system’s words where it fails', () => {
    const { binding, state } = fakeBinding();
    state.bus = false;
    expect(perform(request('get', 'a'), binding, platform)).toEqual({
      id: 7,
      kind: 'failed',
      message: 'DBus error: no bus',
    });
  });
});

it('a locked keyring on Linux is recognised without touching an item, which would show its dialog', () => {
  const { binding, state, touched } = fakeBinding();
  perform(request('mark'), binding, 'linux');
  state.locked = true;
  touched.length = 0;
  for (const act of ['check', 'get', 'set', 'delete'] as const) {
    expect(perform(request(act, 'a', 'v'), binding, 'linux')).toMatchObject({ kind: 'failed' });
  }
  expect(touched).toEqual([]);
  perform(request('mark'), binding, 'linux');
  expect(touched).toEqual(['Switchyard check:mark']);
});
