import { describe, expect, it } from 'vitest';
import en from '../../../resources/locales/en.json' with { type: 'json' };
import zh from '../../../resources/locales/zh-CN.json' with { type: 'json' };
import { CONNECT_SAYINGS, type Told } from '../connect-sayings.ts';
import { FAULTS } from '../faults.ts';
import { PROBLEM_SAYINGS } from '../problem-sayings.ts';
import { REFUSALS } from '../refusals.ts';
import { toldWords, type Language } from '../told-words.ts';
import { fullKeys, quoted, remark, REMARKS } from './remark.ts';

const LOCALES = { en: en.remarks, zh: zh.remarks };
const PAGES = { en: { ...en.reasons, ...en.remarks }, zh: { ...zh.reasons, ...zh.remarks } };
const GROUP = /^(?:remarks|reasons)\./;
/** Words as a page has them; pages test that vue-i18n reads them so. */
const language = (words: Readonly<Record<string, string>>): Language => ({
  has: (key) => words[key.replace(GROUP, '')] !== undefined,
  t: (key, values) =>
    (words[key.replace(GROUP, '')] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
  figure: (_kind, value) => String(value),
});
const places = (text: string): readonly string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted();

it('pages in English say of each what the gateway says, and of nothing else', () => {
  expect(LOCALES.en).toEqual(REMARKS);
});

it('pages in Chinese have words for each, with the same values, and for nothing else', () => {
  expect(Object.keys(LOCALES.zh).toSorted()).toEqual(Object.keys(REMARKS).toSorted());
  const chinese: Readonly<Record<string, string>> = LOCALES.zh;
  const wrong = Object.entries(REMARKS).filter(([code, text]) => {
    const words = chinese[code] ?? '';
    return words === '' || places(words).join() !== places(text).join();
  });
  expect(wrong).toEqual([]);
});

it('no code means something else elsewhere: words are found by it alone', () => {
  const others = new Set<string>([...CONNECT_SAYINGS, ...FAULTS, ...PROBLEM_SAYINGS, ...REFUSALS]);
  expect(Object.keys(REMARKS).filter((code) => others.has(code))).toEqual([]);
});

describe('a remark', () => {
  it('is a code, its values, and the sentence with them', () => {
    expect(remark('not-taken', { name: 'stop', by: 'grok-4' })).toEqual({
      code: 'not-taken',
      values: { name: 'stop', by: 'grok-4' },
      text: 'stop is not taken by grok-4 and was left out.',
    });
    expect(remark('anthropic-seed')).toEqual({
      code: 'anthropic-seed',
      values: {},
      text: 'Anthropic knows no seed, so it was left out.',
    });
  });

  it('puts values in, in one go', () => {
    expect(remark('not-taken', { name: '{by}', by: '$&' }).text).toBe(
      '{by} is not taken by $& and was left out.',
    );
  });

  it('holds another saying where its words are one', () => {
    const store = remark('store-silent', { seconds: 3 });
    const told = remark('provider-keys-unread', { provider: 'groq' }, store);
    expect(told.text).toBe('The keys of groq cannot be read. The secret store has not answered within 3 s.');
    expect(toldWords(told, language(PAGES.zh))).toBe('无法读取 groq 的密钥。密钥存储在 3 秒内没有响应。');
  });
});

const full = (key: string): Told => remark('full-key', { provider: 'groq', key, why: 'max_concurrency' });
const soon = remark('full-place-for', { provider: 'b', why: 'limit_per_minute', seconds: 5 });

it.each([
  [[full('…a')], 'groq key …a (max_concurrency)', 'groq 的密钥 …a（并发已满）'],
  [
    [full('…a'), soon],
    'groq key …a (max_concurrency), b (limit_per_minute, 5 s more)',
    'groq 的密钥 …a（并发已满）、b（本分钟已达限额，还需 5 秒）',
  ],
])('keys without room are listed in each language %#', (keys, english, chinese) => {
  const told = remark('no-room', {}, fullKeys(keys));
  expect(told.text).toBe(`Not tried, for want of room: ${english}.`);
  expect(toldWords(told, language(PAGES.en))).not.toContain('_');
  expect(toldWords(told, language(PAGES.zh))).toBe(`因没有余量而未尝试：${chinese}。`);
});

it('what nobody has words for is a quotation in Chinese', () => {
  const told = quoted('Something {odd} happened.');
  expect(told.text).toBe('Something {odd} happened.');
  expect(toldWords(told, language(PAGES.en))).toBe(told.text);
  expect(toldWords(told, language(PAGES.zh))).toBe('英文原文：“Something {odd} happened.”');
});
