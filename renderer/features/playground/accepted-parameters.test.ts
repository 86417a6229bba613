import { describe, expect, it } from 'vitest';
import { acceptedBy } from './accepted-parameters.ts';

const NAMES = ['seed', 'frequencyPenalty', 'presencePenalty', 'reasoningEffort'] as const;

describe('the parameters a model takes', () => {
  it.each([
    ['an alias', null, []],
    ['one of which nothing is known', { provider: 'openai', capabilities: null }, []],
    [
      'one that does not reason',
      { provider: 'openai', capabilities: ['tools' as const] },
      ['reasoningEffort'],
    ],
    ['one that does', { provider: 'openai', capabilities: ['reasoning' as const] }, []],
    [
      'one of Anthropic',
      { provider: 'anthropic', capabilities: ['reasoning' as const] },
      ['seed', 'frequencyPenalty', 'presencePenalty'],
    ],
  ])('%s', (_, model, missing) => {
    const accepted = acceptedBy(model);
    expect(accepted.size).toBe(8 - missing.length);
    expect(NAMES.filter((name) => !accepted.has(name))).toEqual(missing);
  });
});
