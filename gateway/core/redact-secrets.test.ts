import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorOf, createSecretIndex } from './redact-index.ts';
import { secretReplacer } from './redact-secrets.ts';

const many = (count: number): readonly string[] =>
  Array.from(
    { length: count },
    (_, at) => `sk-proj-${(at * 7_919).toString(36).padStart(6, 'a')}/Qx+7Zk${at}`,
  );

describe('an index of secrets', () => {
  it.each([
    ['sk-proj-abcdefghijkl', 'ghijkl'],
    ['bench-key-0000000001', '000001'],
    ['a-b-c-d', undefined],
    ['ab1-cd2-ef3', undefined],
    ['Pa$$w0rd!Pa$$', undefined],
  ])('looks for the end of the longest plain run of %s', (shape, anchor) =>
    expect(anchorOf(shape)).toBe(anchor),
  );

  it('names who may be there, wherever in the text', () => {
    const index = createSecretIndex([['abcdef'], ['ABCDEF', '123456'], ['abcdef']]);
    expect(index.look('xx123456')).toEqual([1]);
    expect(index.look('abcdef')).toEqual([0, 2]);
    expect(index.look('abcde')).toEqual([]);
    expect(index.look(`${'z'.repeat(10_000)}abcdefABCDEF`)).toEqual([0, 1, 2]);
  });

  it('finds every anchor that is there', () => {
    const anchor = fc.stringMatching(/^[A-Za-z0-9]{6}$/);
    fc.assert(
      fc.property(
        fc.array(anchor, { minLength: 1, maxLength: 60 }),
        fc.string(),
        fc.string(),
        (all, before, after) => {
          const index = createSecretIndex(all.map((one) => [one]));
          for (const [number, one] of all.entries())
            expect(index.look(before + one + after)).toContain(number);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('among many secrets', () => {
  const secrets = [...many(3_000), 'Pa$$w0rd!Pa$$', 'short7'];
  const replace = secretReplacer(secrets, '#');
  const one = secrets[1_234] ?? '';

  it.each([
    ['as it is', `x ${one} y`, 'x # y'],
    ['escaped in JSON', `x ${one.replaceAll('/', '\\/')} y`, 'x # y'],
    ['URL-encoded', `x ${encodeURIComponent(one)} y`, 'x # y'],
    ['in base64', `x ${Buffer.from(one).toString('base64')}`, /^x #/],
    ['in base64 behind a name', Buffer.from(`me:${one}`).toString('base64'), /#/],
    ['with escaped letters', `x ${one.replaceAll('p', '\\u0070')} y`, 'x # y'],
    ['with all its letters escaped', `x ${escaped(one)} y`, 'x # y'],
    ['without a plain run', 'x Pa$$w0rd!Pa$$ y', 'x # y'],
    ['a short one where it can be one', 'key=short7', 'key=#'],
  ])('finds one %s', (_how, text, expected) =>
    typeof expected === 'string'
      ? expect(replace(text)).toBe(expected)
      : expect(replace(text)).toMatch(expected),
  );

  it('finds several, and leaves what only looks like one', () => {
    const text = `${secrets[7]} ${secrets[8]} ${one.slice(0, -1)}x short7`;
    expect(replace(text)).toBe(`# # ${one.slice(0, -1)}x short7`);
  });

  it('takes the longer of two that begin alike', () => {
    const alike = secretReplacer([...many(100), 'sk-same-abcdefgh', 'sk-same-abcdefgh12345678'], '#');
    expect(alike('sk-same-abcdefgh12345678 sk-same-abcdefgh')).toBe('# #');
  });

  it('finds one of many that have no plain run at all', () => {
    const broken = Array.from({ length: 400 }, (_, at) => `a.b!${at}!c.d!${at}`);
    expect(secretReplacer(broken, '#')('x a.b!321!c.d!321 y')).toBe('x # y');
  });

  it('is made of twenty thousand keys', () => {
    const all = many(20_000);
    expect(secretReplacer(all, '#')(`a ${all[19_999]} b`)).toBe('a # b');
  });
});

const escaped = (text: string): string =>
  text.replace(/[A-Za-z0-9]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
