import { expect, it } from 'vitest';
import { requestFilterSchema } from './filter.ts';

const range = (ends: object) => ({ kind: 'range', field: 'time', ...ends });

it.each([
  [{}],
  [{ words: '"one after the other" -not', where: [] }],
  [{ where: [range({ least: 3 }), range({ most: 3 }), range({ least: 3, most: 3, not: true })] }],
  [{ where: [{ kind: 'text', field: 'model', values: ['gpt-*', 'o3'] }] }],
])('takes %j', (filter) => expect(requestFilterSchema.safeParse(filter).success).toBe(true));

it.each([
  [
    range({ least: 4, most: 3 }),
    'where.0.most',
    'no number is that large and that small: `most` is below `least`',
  ],
  [range({}), 'where.0.least', 'a range needs `least`, `most` or both'],
  [range({ least: Number.POSITIVE_INFINITY }), 'where.0.least', null],
  [{ kind: 'text', field: 'model', values: [] }, 'where.0.values', null],
  [{ kind: 'text', field: 'model', values: [''] }, 'where.0.values.0', null],
  [{ kind: 'text', field: 'sql', values: ['x'] }, 'where.0.field', null],
  [{ kind: 'flag', field: 'streamed', values: ['x'] }, 'where.0', null],
])('refuses %j at %s', (condition, path, message) => {
  const [issue] = requestFilterSchema.safeParse({ where: [condition] }).error?.issues ?? [];
  expect(issue?.path.join('.')).toBe(path);
  if (message !== null) expect(issue?.message).toBe(message);
});

it('refuses more words than can be looked up in time, but no long phrase', () => {
  const words = 'word '.repeat(21);
  expect(requestFilterSchema.safeParse({ words }).error?.issues).toMatchObject([
    { path: ['words'], message: 'at most 20 words and phrases are searched for at once' },
  ]);
  expect(requestFilterSchema.safeParse({ words: `"${words}" and -not` }).success).toBe(true);
});
