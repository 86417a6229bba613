import { expect, it } from 'vitest';
import { codeSample, SAMPLE_FORMATS } from './code-samples.ts';

/** Quoted text, an apostrophe between two of them, and signs that mean nothing to any shell. */
const WORD = /(?:'[^']*'|\\'|[\w.:/%-])+/g;

/** The words that a shell makes of a sample. */
function wordsOf(sample: string): readonly string[] {
  const line = sample.replaceAll('\\\n', '');
  expect(line.replaceAll(WORD, '').trim()).toBe('');
  return (line.match(WORD) ?? []).map((word) =>
    word.replaceAll(
      /'([^']*)'|\\(')/g,
      (_, text: string | undefined, sign: string | undefined) => text ?? sign ?? '',
    ),
  );
}

const NAMES = ['gpt-5', "x/it's", 'a(b)', 'a b', '$(id)', '`id`', 'a"b', 'a!b*', 'a;b&c'];

it.each(SAMPLE_FORMATS.flatMap((format) => NAMES.map((model) => [format, model] as const)))(
  'in the format of %s a shell asks for the model %s',
  (format, model) => {
    const [program, url = '', ...others] = wordsOf(
      codeSample(format, 'curl', 'http://127.0.0.1:8000', model),
    );
    expect(program).toBe('curl');
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:8000\/v1/);
    const body: unknown = JSON.parse(others.at(-1) ?? '');
    if (format === 'gemini') expect(decodeURIComponent(url)).toContain(`/models/${model}:generateContent`);
    else expect(body).toMatchObject({ model });
  },
);
