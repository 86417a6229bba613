import { describe, expect, test } from 'vitest';
import { wrapSignature } from '../../core/canonical/signature.ts';
import { withoutReasoning } from './reasoning-members.ts';

const foreign = wrapSignature({ format: 'anthropic', value: 'v', id: null, origin: null });
const PLACEHOLDER = 'skip_thought_signature_validator';

describe('withoutReasoning', () => {
  test('takes out what other providers signed', () => {
    const question = { role: 'user', parts: [{ text: 'q' }] };
    const request = {
      contents: [
        question,
        {
          role: 'model',
          parts: [
            { text: 'Hm.', thought: true },
            { text: 'signed', thought: true, thoughtSignature: foreign },
            { text: 'a', thoughtSignature: foreign },
            { text: '', thought_signature: foreign },
            { functionCall: { name: 'f' }, thoughtSignature: foreign },
            { functionCall: { name: 'g' }, thoughtSignature: 'native' },
          ],
        },
        { role: 'model', parts: [{ text: '', thoughtSignature: foreign }] },
      ],
      tools: [],
    };
    expect(withoutReasoning(request, 'foreign')).toEqual({
      contents: [
        question,
        {
          role: 'model',
          parts: [
            { text: 'Hm.', thought: true },
            { text: 'a' },
            { functionCall: { name: 'f' }, thoughtSignature: PLACEHOLDER },
            { functionCall: { name: 'g' }, thoughtSignature: 'native' },
          ],
        },
      ],
      tools: [],
    });
  });

  test('or everything', () => {
    const parts = [
      { text: 'Hm.', thought: true },
      { text: 'a', thoughtSignature: 'native' },
      { functionCall: { name: 'f' }, thoughtSignature: 'native' },
    ];
    expect(withoutReasoning({ contents: [{ role: 'model', parts }] }, 'all')).toEqual({
      contents: [
        {
          role: 'model',
          parts: [{ text: 'a' }, { functionCall: { name: 'f' }, thoughtSignature: PLACEHOLDER }],
        },
      ],
    });
  });

  test.each([
    {
      contents: [
        {
          role: 'model',
          parts: [
            { text: 'a', thoughtSignature: 'native' },
            { text: 'b', thought: true },
          ],
        },
      ],
    },
    { contents: 'Hello' },
    {},
  ])('leaves %j alone', (request) => {
    expect(withoutReasoning(request, 'foreign')).toBe(request);
  });

  test('a placeholder is nothing to remove', () => {
    const request = {
      contents: [{ parts: [{ functionCall: { name: 'f' }, thoughtSignature: PLACEHOLDER }] }],
    };
    expect(withoutReasoning(request, 'all')).toBe(request);
  });
});
