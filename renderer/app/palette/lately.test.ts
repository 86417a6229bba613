import { expect, it } from 'vitest';
import { createLately } from './lately.ts';

function storage(kept: string | null = null) {
  let held = kept;
  return { getItem: () => held, setItem: (_key: string, text: string) => void (held = text) };
}

it('has what was used last first, once, and not for ever', () => {
  const place = storage();
  const lately = createLately(() => place);
  for (let index = 0; index < 30; index += 1) lately.add(`entry-${index}`);
  lately.add('entry-25');
  expect(lately.read().slice(0, 3)).toEqual(['entry-25', 'entry-29', 'entry-28']);
  expect(lately.read()).toHaveLength(20);
});

it.each(['{', '{"a":1}', '[1,2]'])('takes %s for nothing', (kept) => {
  expect(createLately(() => storage(kept)).read()).toEqual([]);
});

it('works without storage', () => {
  const lately = createLately(() => {
    throw new Error('blocked');
  });
  lately.add('a');
  expect(lately.read()).toEqual([]);
});
