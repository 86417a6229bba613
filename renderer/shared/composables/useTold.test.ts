import { createI18n } from 'vue-i18n';
import { mount } from '@vue/test-utils';
import { defineComponent, h } from 'vue';
import { describe, expect, it } from 'vitest';
import { CONNECT_SAYINGS, type Told } from '../../../contract/rpc/connect-sayings.ts';
import { RPC_ERROR_CODES, RpcError } from '../../../contract/rpc/errors.ts';
import { PROBLEM_SAYINGS } from '../../../contract/rpc/problem-sayings.ts';
import { FAULTS } from '../../../contract/rpc/faults.ts';
import { REFUSALS } from '../../../contract/rpc/refusals.ts';
import { REMARKS } from '../../../contract/rpc/remarks/remark.ts';
import en from '../../../resources/locales/en.json';
import zh from '../../../resources/locales/zh-CN.json';
import { useFailureText } from './useFailureText.ts';
import { useTold } from './useTold.ts';

const LOCALES = { en, 'zh-CN': zh };
type Language = keyof typeof LOCALES;

const said = (language: Language, told: Told): string => shown(language, () => useTold()(told));

/** @param words called while a component is set up */
function shown(language: Language, words: () => string): string {
  const messages = { [language]: LOCALES[language] };
  const i18n = createI18n({ legacy: false, locale: language, fallbackLocale: false, messages });
  const Words = defineComponent({
    setup() {
      const text = words();
      return () => h('p', text);
    },
  });
  return mount(Words, { global: { plugins: [i18n] } }).text();
}

const MODEL: Told = {
  code: 'unserved',
  values: { model: 'a/{b}', slot: 'small' },
  text: 'Nothing serves a/{b} (small) at the moment.',
};

describe.each(['en', 'zh-CN'] as const)('in %s', (language) => {
  it('there are words for all that can be said, and for nothing else', () => {
    expect(Object.keys(LOCALES[language].connect.told).toSorted()).toEqual(CONNECT_SAYINGS.toSorted());
  });

  it.each(CONNECT_SAYINGS)('%s is a sentence, not a name', (code) => {
    const text = said(language, { code, values: { message: 'M' }, text: 'fallback' });
    expect(text).not.toMatch(/connect\.|fallback/);
    expect(text).not.toBe('');
  });
});

it('puts values in, and says what is wrong in a line in the same language', () => {
  expect(said('zh-CN', MODEL)).toBe('目前没有服务商可以提供 a/{b}（小模型）。');
  const fault: Told = {
    code: 'syntax',
    values: { path: '~/x.json', line: 3 },
    text: '~/x.json, line 3: a closing brace “}” is missing.',
    reason: { code: 'brace-missing', values: {}, text: 'a closing brace “}” is missing.' },
  };
  expect(said('zh-CN', fault)).toBe('~/x.json 第 3 行：缺少右花括号“}”。');
  expect(said('en', fault)).toBe(fault.text);
});

it('what a newer gateway says and this page has no words for stays in English', () => {
  const told: unknown = JSON.parse('{"code":"of-tomorrow","values":{},"text":"Of tomorrow."}');
  const isTold = (value: unknown): value is Told => typeof value === 'object';
  if (isTold(told)) expect(said('zh-CN', told)).toBe('Of tomorrow.');
});

it('a refused order is told in the language of the page, what comes without data as the gateway said it, with its kind', () => {
  const told: Told = {
    code: 'unchanged',
    values: {},
    text: 'In English.',
    reason: { code: 'no-file', values: { path: '~/x' }, text: 'In English.' },
  };
  const text = (error: unknown) => shown('zh-CN', () => useFailureText()(error));
  expect(text(new RpcError('unavailable', 'In English.', undefined, told))).toBe(
    '~/x 不是文件。没有改动任何内容。',
  );
  expect(text(new RpcError('conflict', 'In English.'))).toBe('无法执行：In English.');
  expect(shown('en', () => useFailureText()(new RpcError('conflict', 'In English.')))).toBe('In English.');
});

describe.each(['en', 'zh-CN'] as const)('refusals in %s', (language) => {
  it('there are words for each and for each kind, and for nothing else', () => {
    const { told, by } = LOCALES[language].refusals;
    expect(Object.keys(told).toSorted()).toEqual(REFUSALS.toSorted());
    expect(Object.keys(by).toSorted()).toEqual(RPC_ERROR_CODES.toSorted());
  });

  it.each(REFUSALS)('%s is a sentence with the same values as in the other language', (code) => {
    const places = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();
    const { told } = LOCALES[language].refusals;
    expect(told[code]).toMatch(/[.。}]$/);
    expect(places(told[code])).toEqual(places(en.refusals.told[code]));
  });
});

describe.each(['en', 'zh-CN'] as const)('remarks in %s', (language) => {
  const words: Readonly<Record<string, string>> = LOCALES[language].remarks;
  const isCode = (code: string): code is keyof typeof REMARKS => Object.hasOwn(REMARKS, code);
  const VALUE = 'a {b} @c | $& 字';

  it.each(Object.keys(REMARKS).filter(isCode))('%s is shown with its values', (code) => {
    const names = [...REMARKS[code].matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const values = Object.fromEntries(names.map((name) => [name, VALUE]));
    const shownWords = names.reduce(
      (text, name) => text.replaceAll(`{${name}}`, () => VALUE),
      words[code] ?? '',
    );
    expect(said(language, { code, values, text: 'fallback' })).toBe(shownWords);
  });
});

describe.each(['en', 'zh-CN'] as const)('faults in %s', (language) => {
  it('there are words for each and for nothing else, with the same values as in the other language', () => {
    const places = (text: string): readonly string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted();
    const { faults } = LOCALES[language].refusals;
    expect(Object.keys(faults).toSorted()).toEqual(FAULTS.toSorted());
    for (const code of FAULTS) expect(places(faults[code])).toEqual(places(en.refusals.faults[code]));
  });
});

it('what is wrong with a value is told in the language of the page', () => {
  const reason: Told = { code: 'most', values: { limit: 10 }, text: 'In English.' };
  const values = { path: 'routing.retries', words: 'In English.' };
  const told: Told = { code: 'setting-refused', values, text: 'In English.', reason };
  const error = new RpcError('invalid_input', 'In English.', undefined, told);
  expect(shown('zh-CN', () => useFailureText()(error))).toBe('routing.retries 的值无效：不能大于 10');
  const secrets: Told = { code: 'clear-secrets', values: { paths: 'a.b' }, text: 'In English.' };
  expect(said('zh-CN', secrets)).toContain('文件中有明文密钥：a.b。请改为 ${NAME} 并');
});

it('a refusal is told in the language of the page, with its values', () => {
  const told: Told = {
    code: 'file-not-read',
    values: { path: '/a/{b}', words: 'EACCES.' },
    text: 'In English.',
  };
  const error = new RpcError('unavailable', 'In English.', undefined, told);
  expect(shown('zh-CN', () => useFailureText()(error))).toBe('无法读取 /a/{b}：EACCES.');
});

describe.each(['en', 'zh-CN'] as const)('problems in %s', (language) => {
  const words = LOCALES[language].problems.told;

  it('there are words for each and for nothing else', () =>
    expect(Object.keys(words).toSorted()).toEqual(PROBLEM_SAYINGS.toSorted()));

  it.each(PROBLEM_SAYINGS)('%s has the same values as in the other language', (code) => {
    const places = (text: string): readonly string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted();
    expect(words[code]).not.toBe('');
    expect(places(words[code])).toEqual(expect.arrayContaining([...places(en.problems.told[code])]));
  });
});

it('figures and names of a problem are written as the page writes them, and a sentence ends once', () => {
  const told = (code: Told['code'], values: Told['values'], reason?: Told): Told => ({
    code,
    values,
    text: 'In English.',
    ...(reason && { reason }),
  });
  const rate = { failedShare: 1 / 7, requestCount: 2_100, windowTime: 300_000, limitShare: 0.1 };
  expect(said('en', told('alert-errors', rate))).toBe(
    '14.3% of the last 2,100 requests failed in 5 min; the limit is 10%.',
  );
  const budget = { spentDollars: 6, limitDollars: 10, per: 'month', scope: 'provider:groq' };
  expect(said('zh-CN', told('budget-used', budget))).toBe('服务商 groq：每月 $10.00 的预算已用 $6.00。');
  expect(said('en', told('more-faults', { count: 1 }))).toBe('and 1 more problem');
  const locked = told('keyring-locked', {});
  expect(said('zh-CN', told('keys-not-read', {}, locked))).toBe('无法读取密钥：密钥环已锁定，请解锁后重试。');
});
