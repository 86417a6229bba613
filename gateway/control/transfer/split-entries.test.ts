import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEntrySplitter } from './split-entries.ts';

function split(file: string, size: number, longest?: number) {
  const splitter = createEntrySplitter(longest);
  const entries: (string | null)[] = [];
  for (let at = 0; at < file.length; at += size) entries.push(...splitter.push(file.slice(at, at + size)));
  const end = splitter.end();
  return { entries: [...entries, ...end.entries], problem: end.problem };
}

const har = (entries: readonly unknown[], space?: number): string =>
  JSON.stringify({ log: { version: '1.2', pages: [{ entries: [1] }], entries, comment: 'x' } }, null, space);

describe('a file in pieces', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"', '\\', '\\"', ']}', '{"log":{"entries":['),
  );
  // Node 24's JSON.parse takes `\"` for `\\` in a name where an earlier object of that shape had it: no backslash there.
  const names = texts.filter((text) => !text.includes('\\'));
  const entries = fc.array(fc.dictionary(names, fc.oneof(texts, fc.array(texts), fc.integer())), {
    maxLength: 6,
  });

  it('has the same entries wherever it is cut', () => {
    fc.assert(
      fc.property(
        entries,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 2),
        (all, size, space) => {
          const { entries: found, problem } = split(har(all, space), size);
          expect(found.map((text): unknown => JSON.parse(text ?? ''))).toEqual(
            JSON.parse(JSON.stringify(all)),
          );
          expect(problem).toBeNull();
        },
      ),
      { numRuns: 100 },
    );
  });

  it('may be one row a line', () => {
    const lines = [{ row: { id: 'a' }, request: { text: 'one\ntwo' } }, { row: { id: 'b' } }];
    const file = `\uFEFF${lines.map((line) => JSON.stringify(line)).join('\r\n\n')}`;
    for (const size of [1, 7, 1_000]) {
      expect(split(file, size).entries.map((text): unknown => JSON.parse(text ?? ''))).toEqual(lines);
    }
  });
});

it.each<[string, string]>([
  ['nothing', ''],
  ['no JSON', 'Hello there'],
  ['an endless beginning', ' '.repeat(50_000)],
  ['a list', '[{"log":{"entries":[{}]}}]'],
  ['entries elsewhere', '{"entries":[{}],"log":{"pages":{"entries":[{}]}}}'],
])('%s is no file of requests', (_name, file) => {
  expect(split(file, 100)).toMatchObject({
    entries: [],
    problem: { text: 'The file is neither a HAR nor a JSONL of requests.' },
  });
});

it('says so when the file is cut off, with the entries before', () => {
  const whole = har([{ a: 1 }, { b: 2 }]);
  const cut = whole.slice(0, whole.lastIndexOf('2'));
  expect(split(cut, 10)).toMatchObject({
    entries: ['{"a":1}'],
    problem: { text: 'The file ends in the middle of its entries.' },
  });
});

it('passes an entry over that is too long, and reads the next', () => {
  const all = [{ a: 'x'.repeat(100) }, { b: 1 }];
  expect(split(har(all), 30, 50).entries).toEqual([null, '{"b":1}']);
  const lines = `{"row":1}\n{"row":"${'x'.repeat(100)}"}\n{"row":2}\n`;
  expect(split(lines, 30, 50).entries).toEqual(['{"row":1}', null, '{"row":2}']);
});

it('reads on whatever closes that was never opened', () => {
  expect(split('{"log":]]]}}}}{"entries":[[[[', 3).entries).toEqual([]);
});
