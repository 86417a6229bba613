/** What an answer is to be like. */
import { describe, expect, test } from 'vitest';
import { decode } from '../../testing/decode-anthropic.ts';

describe('settings', () => {
  test.each([
    [
      { thinking: { type: 'enabled', budget_tokens: 2000 } },
      { effort: null, budget: 2000, visible: null, thinks: true },
    ],
    [
      { thinking: { type: 'adaptive', display: 'summarized' } },
      { effort: null, budget: null, visible: true, thinks: true },
    ],
    [{ thinking: { type: 'adaptive' } }, { effort: null, budget: null, visible: null, thinks: true }],
    [
      { thinking: { type: 'adaptive', display: 'omitted' }, output_config: { effort: 'xhigh' } },
      { effort: 'xhigh', budget: null, visible: false, thinks: true },
    ],
    [
      { thinking: { type: 'disabled' }, output_config: { effort: 'low' } },
      { effort: 'none', budget: null, visible: null },
    ],
    [{ thinking: { type: 'between_tools' } }, { effort: 'none', budget: null, visible: null }],
    [{ output_config: { effort: 'max' } }, { effort: 'max', budget: null, visible: null }],
    [{}, null],
  ])('reasoning %j', (body, wish) => {
    expect(decode(body).settings.reasoning).toEqual(wish);
  });

  const format = { type: 'json_schema', schema: { type: 'object' } };
  test.each([[{ output_config: { format } }], [{ output_format: format }]])('format %j', (body) => {
    expect(decode(body).settings.format).toEqual({
      kind: 'schema',
      name: 'answer',
      description: '',
      schema: { type: 'object' },
      strict: null,
    });
  });

  test('the rest', () => {
    const { settings, warnings } = decode({
      max_tokens: 5,
      temperature: 0.5,
      top_p: 0.9,
      top_k: 3,
      stop_sequences: ['a', 'b'],
      metadata: { user_id: 'u' },
      service_tier: 'standard_only',
    });
    expect(settings).toMatchObject({
      maxTokens: 5,
      temperature: 0.5,
      topP: 0.9,
      topK: 3,
      stop: ['a', 'b'],
      user: 'u',
      serviceTier: 'default',
    });
    expect(warnings).toEqual([]);
  });

  test('filling the cache becomes the shortest answer', () => {
    const { settings, warnings } = decode({ max_tokens: 0 });
    expect([settings.maxTokens, warnings]).toEqual([1, [expect.stringContaining('"max_tokens": 0')]]);
  });
});
