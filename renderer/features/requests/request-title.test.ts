import { expect, it } from 'vitest';
import { NONE } from '../../shared/utils/format.ts';
import { titleOf } from './request-title.ts';

it.each([
  ['fast', 'chat', 'demo', 'fast → demo/chat'],
  ['demo/chat', 'chat', 'demo', 'demo/chat'],
  ['chat', 'chat', 'demo', 'demo/chat'],
  ['chat', 'chat', null, 'chat'],
  ['nosuch', null, null, 'nosuch'],
  [null, 'chat', 'demo', 'demo/chat'],
  [null, null, null, NONE],
])('asked for %s, served by %s of %s: %s', (modelAsked, modelServed, provider, title) => {
  expect(titleOf({ modelAsked, modelServed, provider })).toBe(title);
});
