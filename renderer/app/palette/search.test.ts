import { describe, expect, it } from 'vitest';
import { entryOf, type EntryFacts } from './entry.ts';
import { search } from './search.ts';

const entry = (
  group: EntryFacts['group'],
  title: string,
  names: readonly string[] = [],
  words: readonly string[] = [],
) => entryOf({ id: `${group}:${title}`, group, title, names, words, run: () => undefined });
const ENTRIES = [
  entry('pages', 'Requests', ['请求', 'log 日志 请求日志']),
  entry('pages', 'Providers', ['服务商']),
  entry('actions', 'Pause the gateway', ['暂停网关', 'stop 停止']),
  entry('actions', 'Clear all cool-downs', ['清除全部冷却']),
  entry('settings', 'Keep requests for', ['请求保留']),
  entry('models', 'openai/gpt-5', []),
];
const titles = (typed: string, lately: readonly string[] = []): readonly string[] =>
  search(ENTRIES, typed, lately).flatMap(({ name, hits }) =>
    hits.map((hit) => `${name}: ${hit.entry.title.text}`),
  );

describe('search', () => {
  it.each([
    ['requests', ['pages: Requests', 'settings: Keep requests for']],
    ['请求', ['pages: Requests', 'settings: Keep requests for']],
    ['qqrz', ['pages: Requests']],
    ['zt', ['actions: Pause the gateway']],
    ['gateway pause', ['actions: Pause the gateway']],
    ['pause xyz', []],
    ['stop', ['actions: Pause the gateway']],
    ['GPT5', ['models: openai/gpt-5']],
  ])('%s', (typed, expected) => {
    expect(titles(typed)).toEqual(expected);
  });

  it('puts the name in the other language before a synonym', () => {
    const two = [
      entry('settings', '冷却', [], ['pause']),
      entry('actions', '暂停网关', ['Pause the gateway']),
    ];
    expect(search(two, 'pause', []).map(({ name }) => name)).toEqual(['actions', 'settings']);
  });

  it('shows pages and actions before anything is typed, what was used lately above them', () => {
    expect(titles('')).toEqual([
      'pages: Requests',
      'pages: Providers',
      'actions: Pause the gateway',
      'actions: Clear all cool-downs',
    ]);
    const lately = ['models:openai/gpt-5', 'gone', 'pages:Providers'];
    expect(titles(' ', lately).slice(0, 3)).toEqual([
      'lately: openai/gpt-5',
      'lately: Providers',
      'pages: Requests',
    ]);
  });

  it('puts a title with both words before one that is the first of them', () => {
    const two = [entry('settings', 'Theme', ['dark mode']), entry('actions', 'Theme: dark')];
    expect(search(two, 'theme da', []).map(({ name }) => name)).toEqual(['actions', 'settings']);
  });

  it('puts what was used lately before what fits as well', () => {
    const two = [entry('models', 'a/gpt-5'), entry('models', 'b/gpt-5')];
    const first = (lately: readonly string[]) => search(two, 'gpt', lately)[0]?.hits[0]?.entry.title.text;
    expect(first([])).toBe('a/gpt-5');
    expect(first(['models:b/gpt-5'])).toBe('b/gpt-5');
  });

  it('shows the best of many and says how many there are', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => entry('models', `vendor/model-${index}`));
    const [group] = search(many, 'model-4999', []);
    expect(group?.hits[0]?.entry.title.text).toBe('vendor/model-4999');
    const [wide] = search(many, 'model', []);
    expect([wide?.hits.length, wide?.total]).toEqual([8, 5_000]);
  });

  it('keeps the best of many wherever they stand, equally good ones in their order', () => {
    // Shorter titles answer better, and stand anywhere.
    const many = Array.from({ length: 500 }, (_, index) =>
      entry('models', `model${'x'.repeat((index * 37) % 100)}-${index}`),
    );
    const [group] = search(many, 'model', []);
    const expected = many
      .map(({ title }) => title.text)
      .toSorted((a, b) => a.length - b.length)
      .slice(0, 8);
    expect(group?.hits.map(({ entry: { title } }) => title.text)).toEqual(expected);
  });

  it('marks two words once where they stand on the same letters', () => {
    const [group] = search(ENTRIES, 'req requ', []);
    expect(group?.hits[0]?.ranges).toEqual([[0, 4]]);
  });

  it('finds a random id by what stands in it, not by letters in order', () => {
    const run = (): void => undefined;
    const id = 'req_qd3a8r7k';
    const request = entryOf({ id, group: 'requests', title: id, names: ['gpt-5'], run }, false, false);
    expect(search([request], 'dark', [])).toEqual([]);
    expect(search([request], '3a8r', [])).toHaveLength(1);
    expect(search([request], 'gpt', [])).toHaveLength(1);
  });
});
