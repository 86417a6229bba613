import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it } from 'vitest';
import { useToasts, type NewToast } from './useToasts.ts';

beforeEach(() => setActivePinia(createPinia()));

const note = (title: string, kind: NewToast['kind'] = 'ok'): NewToast => ({ kind, title });
const titles = (list: readonly { readonly title: string }[]): readonly string[] =>
  list.map(({ title }) => title);

it('four are on the screen: good news makes room, bad news waits elsewhere', () => {
  const toasts = useToasts();
  for (const [title, kind] of [
    ['a', 'ok'],
    ['b', 'failed'],
    ['c', 'ok'],
    ['d', 'ok'],
    ['e', 'ok'],
    ['f', 'ok'],
  ] as const)
    toasts.add(note(title, kind));
  expect(titles(toasts.shown)).toEqual(['c', 'd', 'e', 'f']);
  expect(titles(toasts.folded)).toEqual(['b']);
  toasts.unfold();
  expect(titles(toasts.shown)).toContain('b');
});

it('what runs stays until it has ended, and is changed in place', () => {
  const toasts = useToasts();
  const id = toasts.add(note('0 of 9', 'running'));
  for (const title of ['a', 'b', 'c', 'd']) toasts.add(note(title));
  toasts.change(id, note('9 of 9'));
  expect(titles(toasts.shown)).toEqual(['9 of 9', 'b', 'c', 'd']);
});

it('one that was closed does not come back when it ends', () => {
  const toasts = useToasts();
  const id = toasts.add(note('running', 'running'));
  toasts.dismiss(id);
  toasts.change(id, note('ended'));
  expect(toasts.toasts).toEqual([]);
});

it('does not keep failures for ever', () => {
  const toasts = useToasts();
  for (let index = 0; index < 40; index += 1) toasts.add(note(String(index), 'failed'));
  expect(toasts.folded).toHaveLength(20);
  expect(titles(toasts.folded)[0]).toBe('16');
});
