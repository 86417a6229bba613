import { describe, expect, it } from 'vitest';
import { createTranslate, languageOf } from './words.ts';

describe('words', () => {
  const en = createTranslate('en');
  const zh = createTranslate('zh-CN');

  it('are those of the language', () => {
    expect([en('desktop.tray.quit'), zh('desktop.tray.quit')]).toEqual([
      'Quit Switchyard',
      '退出 Switchyard',
    ]);
  });

  it('take values in', () => {
    expect(en('desktop.port.takenBy', { port: 8000, name: 'Docker {port}' })).toBe(
      'Port 8000 is taken by “Docker {port}”',
    );
  });

  it.each([
    [1, '1 request today · $2'],
    [0, '0 requests today · $2'],
    [1_200, '1,200 requests today · $2'],
  ])('agree with the number %i', (count, text) => {
    const values = { count, number: count.toLocaleString('en'), cost: '$2' };
    expect(en('desktop.tray.today', values)).toBe(text);
  });

  it('that are missing are an error', () => {
    expect(() => en('desktop.nothing')).toThrow('desktop.nothing');
    expect(() => en('desktop')).toThrow('desktop');
  });
});

it.each([
  [null, 'en-US', 'en'],
  [null, 'zh-TW', 'zh-CN'],
  [null, 'de', 'en'],
  ['en', 'zh-CN', 'en'],
  ['zh-CN', 'en-US', 'zh-CN'],
] as const)('with %s chosen on a system in %s the language is %s', (chosen, system, language) => {
  expect(languageOf(chosen, system)).toBe(language);
});
