import { describe, expect, it } from 'vitest';
import { codeParts, codeSample, formatOf, SAMPLE_FORMATS, SAMPLE_LANGUAGES } from './code-samples.ts';
import { formatDay, formatPrice, formatShare, formatTokens } from './figures.ts';

describe('figures', () => {
  it.each([
    [null, '–'],
    [512, '512'],
    [8_192, '8.19k'],
    [131_072, '131k'],
    [200_000, '200k'],
    [999_999, '1M'],
    [1_048_576, '1.05M'],
    [2_000_000, '2M'],
  ])('%s tokens are %s', (tokens, text) => expect(formatTokens(tokens)).toBe(text));

  it.each([
    [null, '–'],
    [0, '0'],
    [15, '15.00'],
    [0.125, '0.125'],
    [0.0028, '0.0028'],
    [0.59, '0.59'],
    [1_200, '1,200.00'],
  ])('%s dollars are %s', (dollars, text) => expect(formatPrice(dollars, 'en')).toBe(text));

  it('shares have a sign', () => expect(formatShare(0.9876, 'en')).toBe('98.8%'));

  it('a day is the same everywhere', () => {
    expect(formatDay('2026-09-23', 'en')).toBe('Sep 23, 2026');
    expect(formatDay(Date.UTC(2025, 8, 29), 'en')).toBe('Sep 29, 2025');
  });
});

describe('code samples', () => {
  const all = SAMPLE_FORMATS.flatMap((format) =>
    SAMPLE_LANGUAGES.map((language) => [format, language] as const),
  );
  it.each(all)('%s in %s names the address and the model', (format, language) => {
    const code = codeSample(format, language, 'http://127.0.0.1:8000', 'openai/gpt-5');
    expect(code).toContain('http://127.0.0.1:8000');
    expect(decodeURIComponent(code)).toContain('openai/gpt-5');
    expect(
      codeParts(code)
        .map(({ text }) => text)
        .join(''),
    ).toBe(code);
  });

  it('a quote in an id ends no text', () => {
    expect(codeSample('openai', 'python', 'http://x', 'a"b')).toContain(`model="a\\"b"`);
    expect(codeSample('openai', 'curl', 'http://x', "a'b")).toContain(`"a'\\''b"`);
    expect(codeSample('gemini', 'curl', 'http://x', 'a/b c')).toContain(
      'http://x/v1beta/models/a%2Fb%20c:generateContent',
    );
  });

  it.each([
    ['anthropic-messages', 'anthropic'],
    ['gemini', 'gemini'],
    ['openai-responses', 'openai'],
    [undefined, 'openai'],
  ])('a provider that speaks %s is shown %s first', (dialect, format) =>
    expect(formatOf(dialect)).toBe(format),
  );

  it('words and texts have a colour of their own', () => {
    expect(codeParts(`import x from 'y';`)).toEqual([
      { kind: 'word', text: 'import' },
      { kind: 'plain', text: ' x ' },
      { kind: 'word', text: 'from' },
      { kind: 'plain', text: ' ' },
      { kind: 'string', text: `'y'` },
      { kind: 'plain', text: ';' },
    ]);
  });
});
