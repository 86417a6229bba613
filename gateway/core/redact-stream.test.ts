import { describe, expect, it } from 'vitest';
import { createRedactor, REDACTED } from './redact.ts';
import { createStreamRedactor } from './redact-stream.ts';

const SECRETS = ['sk-proj-0123456789abcdef', 'sk-other-99998888777766'];

function show(pieces: readonly string[], secrets = SECRETS): { shown: string[]; all: string } {
  const redactor = createStreamRedactor(secrets, createRedactor(secrets));
  const shown = pieces.map((piece) => redactor.push(piece));
  return { shown, all: [...shown, redactor.rest()].join('') };
}

describe('a text in pieces', () => {
  it('shows no secret, wherever it is cut', () => {
    const text = `The key is ${SECRETS[0]}, and ${SECRETS[1]}.`;
    for (let cut = 0; cut <= text.length; cut += 1) {
      const { shown, all } = show([text.slice(0, cut), text.slice(cut)]);
      expect(all).toBe(`The key is ${REDACTED}, and ${REDACTED}.`);
      expect(shown.join('')).not.toMatch(/0123|9999/);
    }
    expect(show(text.split(/(?:)/u)).all).toBe(`The key is ${REDACTED}, and ${REDACTED}.`);
  });

  it('passes on at once what begins no secret, and in the end what only seemed to', () => {
    expect(show(['Hello, ', 'wörld ', 'as', 'k-']).shown).toEqual(['Hello, ', 'wörld ', 'a', '']);
    expect(show(['a sk-proj-01', ' b'])).toEqual({ shown: ['a ', 'sk-proj-01 b'], all: 'a sk-proj-01 b' });
    expect(show(['it ends with sk-proj-01']).all).toBe('it ends with sk-proj-01');
  });

  it('leaves words about credentials alone', () => {
    const text = 'Send `Authorization: Bearer YOUR_KEY` or {"api_key": "value"}.';
    expect(show([text]).all).toBe(text);
    expect(show([text], []).all).toBe(text);
  });
});
