import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NO_OVERRIDES } from './overrides.ts';
import { parseConfig } from './parse.ts';
import { ConfigError } from './problem.ts';

const example = await readFile(new URL('../../config.example.yaml', import.meta.url), 'utf8');
const SECRET = 'sk-canary-0123456789';
const text = example.replaceAll(/\$\{[^}]*\}/g, SECRET);

it('whatever happens to a file, it is a configuration or a ConfigError that holds no secret', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 12, unit: 'grapheme' }),
    fc.constantFrom(
      '\t',
      '\n',
      '${',
      '${A:-',
      '[',
      '{',
      '- ',
      ': ',
      '*a',
      '&a ',
      '!x ',
      '"',
      "'",
      '\n---\n',
      '\0',
      '<<: ',
    ),
  );
  const damage = fc.record({ at: fc.nat(text.length), cut: fc.nat(60), piece });
  let refused = 0;
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
      const damaged = damages.reduce(
        (whole, { at, cut, piece: inserted }) => whole.slice(0, at) + inserted + whole.slice(at + cut),
        text,
      );
      try {
        parseConfig(damaged, { environment: {}, overrides: NO_OVERRIDES, builtIn: ['openai'] });
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        refused += 1;
        expect(error.problems.length).toBeGreaterThan(0);
        expect(error.message).not.toContain('canary');
      }
    }),
    { numRuns: 400, seed: 20261121 },
  );
  expect(refused).toBeGreaterThan(100);
});
