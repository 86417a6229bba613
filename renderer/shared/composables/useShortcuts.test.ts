import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { conflictsOf } from './shortcut-conflicts.ts';
import { useShortcutStore, type Shortcut } from './useShortcuts.ts';

const done: string[] = [];
const shortcut = (keys: readonly string[], label: string, more: Partial<Shortcut> = {}): Shortcut => ({
  keys,
  label,
  act: () => done.push(label),
  ...more,
});
const press = (
  key: string,
  more: KeyboardEventInit = {},
  target: EventTarget = document.body,
): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...more });
  target.dispatchEvent(event);
  useShortcutStore().handle(event);
  return event;
};

beforeEach(() => {
  setActivePinia(createPinia());
  done.length = 0;
});

describe('shortcuts', () => {
  it('run by any of their keys, whatever the case of its name, until they are taken away', () => {
    const remove = useShortcutStore().add([shortcut(['Mod+F', '/'], 'filter')]);
    expect(press('f', { ctrlKey: true }).defaultPrevented).toBe(true);
    press('/');
    remove();
    press('/');
    expect(done).toEqual(['filter', 'filter']);
  });

  it('leave plain keys to whoever types, but not those with Ctrl nor function keys', () => {
    useShortcutStore().add([shortcut(['n'], 'n'), shortcut(['Mod+k'], 'palette'), shortcut(['F8'], 'notes')]);
    const input = document.body.appendChild(document.createElement('input'));
    press('n', {}, input);
    press('k', { ctrlKey: true }, input);
    press('F8', {}, input);
    expect(done).toEqual(['palette', 'notes']);
  });

  it('leave plain keys to an open dialog', () => {
    useShortcutStore().add([shortcut(['n'], 'n')]);
    const dialog = document.body.appendChild(document.createElement('div'));
    dialog.setAttribute('role', 'dialog');
    press('n');
    expect(done).toEqual([]);
  });

  it('of the page go before those of every page', () => {
    const store = useShortcutStore();
    store.add([shortcut(['Mod+n'], 'page')]);
    store.add([shortcut(['Mod+n'], 'everywhere', { everywhere: true })]);
    press('n', { ctrlKey: true });
    expect(done).toEqual(['page']);
  });

  it('do nothing while they are not available', () => {
    useShortcutStore().add([shortcut(['x'], 'x', { available: () => false })]);
    expect(press('x').defaultPrevented).toBe(false);
    expect(done).toEqual([]);
  });

  it('held down with Ctrl run once, and keep the key from the browser', () => {
    useShortcutStore().add([shortcut(['Mod+n'], 'new'), shortcut(['j'], 'next')]);
    expect(press('n', { ctrlKey: true, repeat: true }).defaultPrevented).toBe(true);
    press('j', { repeat: true });
    expect(done).toEqual(['next']);
  });

  it('cannot have a key that is taken', () => {
    const store = useShortcutStore();
    store.add([shortcut(['n'], 'one')]);
    expect(() => store.add([shortcut(['N'], 'two')])).toThrow('N: one and two');
    expect(store.shortcuts).toHaveLength(1);
  });
});

it.each([
  ['one key on one page', [shortcut(['a'], 'one'), shortcut(['b', 'a'], 'two')], ['a: one and two']],
  ['a key that is only named', [shortcut(['a'], 'one'), { keys: ['a'], label: 'two' }], []],
  ['one of every page', [shortcut(['a'], 'one'), shortcut(['a'], 'two', { everywhere: true })], []],
  ['Esc, which closes the innermost', [shortcut(['Escape'], 'one'), shortcut(['Escape'], 'two')], []],
] as const)('conflicts: %s', (_case, shortcuts, expected) => {
  expect(conflictsOf(shortcuts)).toEqual(expected);
});
