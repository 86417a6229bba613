import { describe, expect, it } from 'vitest';
import { createBlockReader } from './blocks.ts';
import { createHighlighter } from './highlight.ts';
import { createParser } from './parser.ts';
import { safeLink } from './safe-link.ts';

const parser = createParser({ image: (alternative) => `Image: ${alternative}` });

describe('addresses', () => {
  it.each([
    ['https://example.com/a?b#c', 'example.com'],
    ['HTTP://Example.com:8080/', 'example.com:8080'],
    ['https://еxample.com/', 'xn--xample-2of.com'],
    ['mailto:a@example.com', ''],
  ])('%s may be opened', (address, host) => {
    expect(safeLink(address)?.host).toBe(host);
  });

  it.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'smb://server/share',
    'ms-msdt:/id PCWDiagnostic',
    'switchyard://import',
    'app://switchyard/',
    'blob:https://example.com/1',
    'https://bank.example@evil.example/',
    '//evil.example/',
    '/admin',
    '#/settings',
    '',
  ])('%j may not', (address) => {
    expect(safeLink(address)).toBeNull();
  });
});

/** What the parser writes, before it is cleaned once more; in a browser that is tried by e2e/specs/playground.spec.ts. */
describe('words of a model', () => {
  it('keep their form without a style', () => {
    const html = parser.render('# T\n\n**b** ~~s~~\nnext\n\n| a | b |\n| -: | - |\n| 1 | 2 |');
    expect(html).toContain('<h1>T</h1>');
    expect(html).toContain('<strong>b</strong> <s>s</s><br>');
    expect(html).toContain('<th align="right">a</th>');
    expect(html).not.toContain('style');
  });

  it('name a picture instead of loading it', () => {
    const html = parser.render('![a *cat*](https://evil.example/cat.png) ![x](data:image/png;base64,AAAA)');
    expect(html).toContain('<a href="https://evil.example/cat.png">Image: a *cat*</a>');
    expect(html).not.toContain('<img');
  });

  it.each([
    '<img src=x onerror="alert(1)">',
    '<script>alert(1)</script>',
    '[x](javascript:alert(1)) [y](smb://a/b) [z](ms-msdt:/x) [d](data:text/html,x) [r](/admin)',
    '<svg onload=alert(1)><style><img src=x onerror=alert(1)></style></svg>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '<base href="https://evil.example/">',
    '<p style="background:url(https://evil.example)">x</p>',
    '[a"onmouseover="alert(1)](https://example.com/"onclick="alert(1))',
    '```" onload="alert(1)\nx\n```',
    '| <img src=x onerror=alert(1)> |\n| - |\n| <iframe src="javascript:alert(1)"> |',
    '![" onerror="alert(1)](https://example.com/x.png)',
  ])('bring no element, attribute or address of their own: %s', (source) => {
    const tags = parser.render(source).match(/<[a-z](?:[^>"]|"[^"]*")*>/gi) ?? [];
    for (const tag of tags) {
      expect(tag).toMatch(
        /^<(?:p|br|(?:table|thead|tbody|tr|th|td)|pre|code data-language="[^"]*"|a href="https:[^"]*")>$/,
      );
    }
  });
});

describe('a growing text', () => {
  const TEXT =
    '# A\n\nfirst\nsecond\n\n- one\n- two\n\n  more of two\n\n```ts\nconst a = 1;\n```\n\n| a |\n| - |\n| b |\n\nlast';

  it('has the blocks of the whole, however it grows', () => {
    const whole = createBlockReader(parser).read(TEXT);
    expect(whole.map(({ source }) => source.trim())).toEqual([
      '# A',
      'first\nsecond',
      '- one\n- two\n\n  more of two',
      '```ts\nconst a = 1;\n```',
      '| a |\n| - |\n| b |',
      'last',
    ]);
    expect(whole.map(({ source, start }) => TEXT.startsWith(source, start))).not.toContain(false);
    const reader = createBlockReader(parser);
    for (let end = 1; end < TEXT.length; end += 1) reader.read(TEXT.slice(0, end));
    expect(reader.read(TEXT)).toEqual(whole);
    expect(whole[3]?.code).toEqual({ text: 'const a = 1;\n', language: 'ts' });
  });

  it('keeps its finished blocks, and begins again when it is another text', () => {
    const reader = createBlockReader(parser);
    const [first] = reader.read('one\n\ntwo');
    expect(reader.read('one\n\ntwo\n\nthree')[0]).toBe(first);
    expect(reader.read('other')).toMatchObject([{ start: 0, source: 'other' }]);
    expect(reader.read('a\r\n\r\nb').map(({ source }) => source.trim())).toEqual(['a', 'b']);
  });
});

describe('coloured code', () => {
  it('names classes, keeps the text, and does not colour what it has coloured', async () => {
    const highlighter = await createHighlighter();
    const lines = await highlighter.open('ts');
    const code = "const a = 'x';\n/* open\nstill */ let b = 2;";
    const all = lines?.read(code) ?? [];
    expect(all.map((line) => line.map(({ text }) => text).join('')).join('\n')).toBe(code);
    expect(all[0]?.find(({ text }) => text.includes('const'))?.kind).toBe('code-keyword');
    expect(all[0]?.find(({ text }) => text.includes('x'))?.kind).toMatch(/^code-string/);
    expect(all[2]?.[0]?.kind).toBe('code-comment');
    const longer = lines?.read(`${code}\nlet c;\n`) ?? [];
    expect(longer[0]).toBe(all[0]);
    expect(longer).toHaveLength(4);
    expect(await highlighter.open('brainfuck')).toBeUndefined();
    expect(await highlighter.open('__proto__')).toBeUndefined();
  });
});
