import { expect, test } from 'vitest';
import { createItemShelf } from './item-shelf.ts';

test('an item comes back to whoever got it, and to nobody else', () => {
  const shelf = createItemShelf();
  shelf.put('ann', { id: 'msg_1', text: 'hi' });
  expect(shelf.get('ann', 'msg_1')).toEqual({ id: 'msg_1', text: 'hi' });
  expect(shelf.get('bob', 'msg_1')).toBeUndefined();
});

test('what was not used for longest makes room', () => {
  const shelf = createItemShelf(1_000);
  const text = 'x'.repeat(100);
  for (let index = 0; index < 10; index += 1) {
    shelf.put('', { id: String(index), text });
    shelf.get('', '0');
  }
  expect(shelf.get('', '0')).toBeDefined();
  expect(shelf.get('', '1')).toBeUndefined();
  expect(shelf.get('', '9')).toBeDefined();
});

test('one that is large out of proportion is not kept, and an item kept twice counts once', () => {
  const shelf = createItemShelf(1_000);
  shelf.put('', { id: 'large', text: 'x'.repeat(200) });
  expect(shelf.get('', 'large')).toBeUndefined();
  for (let again = 0; again < 50; again += 1) shelf.put('', { id: 'same', text: 'x'.repeat(80) });
  shelf.put('', { id: 'other', text: '' });
  expect(shelf.get('', 'same')).toBeDefined();
});
