import { expect, it } from 'vitest';
import { createParser } from './parser.ts';
import { renderMarkdown } from './to-dom.ts';

const parser = createParser({ image: (alternative) => alternative });
const shown = (source: string): string => renderMarkdown(parser, source).fragment.textContent.trim();

it.each([
  ['[the log-in](https://paypal.co/login)', 'the log-in (paypal.co)'],
  // It names another host, of which the real one is a part.
  ['[https://paypal.com/login](https://paypal.co/login)', 'https://paypal.com/login (paypal.co)'],
  [
    '[https://evil.example.bank.example](https://bank.example)',
    'https://evil.example.bank.example (bank.example)',
  ],
  ['[bank.example?x=evil.example](https://evil.example)', 'bank.example?x=evil.example (evil.example)'],
  [
    '[https://bank.example:80@evil.example](https://evil.example)',
    'https://bank.example:80@evil.example (evil.example)',
  ],
  // Letters that look alike.
  ['[https://еxample.com](https://еxample.com)', 'https://еxample.com (xn--xample-2of.com)'],
  // Turned about on screen.
  [
    '[https://evil.example/\u202emoc.knab](https://evil.example)',
    'https://evil.example/\u202emoc.knab (evil.example)',
  ],
])('a link says where it leads unless its words are that address: %s', (source, text) => {
  expect(shown(source)).toBe(text);
});

it.each([
  'https://example.com/a?b',
  '<https://Example.com/a>',
  '[example.com](https://example.com/a)',
  '[example.com/a](https://example.com/a)',
  '[https://example.com:8080](https://example.com:8080/a)',
  '[mail](mailto:a@example.com)',
])('and says it once: %s', (source) => {
  expect(shown(source)).not.toContain('(');
});
