/** What an answer is to be like: limits, reasoning, form. */
import { describe, expect, test } from 'vitest';
import { encode, settings, user } from '../../testing/encode-responses.ts';

describe('settings', () => {
  test('what the dialect has', () => {
    const { body, warnings } = encode(
      settings({
        maxTokens: 100,
        temperature: 0.5,
        topP: 0.9,
        verbosity: 'low',
        user: 'u',
        cacheKey: 'c',
        serviceTier: 'flex',
      }),
    );
    expect(body).toMatchObject({
      max_output_tokens: 100,
      temperature: 0.5,
      top_p: 0.9,
      text: { verbosity: 'low' },
      safety_identifier: 'u',
      prompt_cache_key: 'c',
      service_tier: 'flex',
    });
    expect(warnings).toEqual([]);
  });

  test('what it has not is told', () => {
    const { body, warnings } = encode(
      settings({
        stop: ['x'],
        seed: 1,
        topK: 2,
        presencePenalty: 1,
        frequencyPenalty: 1,
        candidates: 2,
        serviceTier: 'standard_only',
      }),
    );
    expect(Object.keys(body)).toEqual(['model', 'input', 'stream', 'store']);
    expect(warnings).toHaveLength(7);
    expect(warnings[0]).toContain('not applied');
    expect(encode(settings({ candidates: 1 })).warnings).toEqual([]);
  });

  test('a limit below the least is raised', () => {
    const { body, warnings } = encode(settings({ maxTokens: 1 }));
    expect(body['max_output_tokens']).toBe(16);
    expect(warnings).toHaveLength(1);
  });

  test('a long name is told by its hash', () => {
    const { body } = encode(settings({ user: 'u'.repeat(65), cacheKey: 'c'.repeat(64) }));
    expect(body['safety_identifier']).toMatch(/^[0-9a-f]{64}$/);
    expect(body['prompt_cache_key']).toBe('c'.repeat(64));
  });

  test('models that reason take no temperature', () => {
    const { body, warnings } = encode(settings({ temperature: 0, topP: 1 }), 'gpt-5');
    expect(body).not.toHaveProperty('temperature');
    expect(body).not.toHaveProperty('top_p');
    expect(warnings).toHaveLength(2);
  });

  test('but some do where they are told not to reason', () => {
    const wish = { effort: 'none' as const, budget: null, visible: null };
    const { body, warnings } = encode(settings({ temperature: 0, reasoning: wish }), 'gpt-5.2');
    expect(body).toMatchObject({ temperature: 0, reasoning: { effort: 'none' } });
    expect(warnings).toEqual([]);
  });
});

describe('the wish for reasoning', () => {
  const wish = (more: object) =>
    settings({ reasoning: { effort: null, budget: null, visible: null, ...more } });

  test('with a summary where thoughts are to be seen, and proofs of them', () => {
    expect(encode(wish({ effort: 'high', visible: true }), 'o4-mini').body).toMatchObject({
      reasoning: { effort: 'high', summary: 'auto' },
      include: ['reasoning.encrypted_content'],
    });
  });

  test('proofs are wanted of every model that reasons, and refused by those that do not', () => {
    expect(encode({}, 'gpt-5').body['include']).toEqual(['reasoning.encrypted_content']);
    expect(encode({}, 'gpt-4.1').body).not.toHaveProperty('include');
    expect(encode({}, 'qwen3').body).not.toHaveProperty('include');
    expect(encode(wish({ effort: 'low' }), 'qwen3').body).toHaveProperty('include');
  });

  test.each([
    [0, 'none'],
    [1_024, 'low'],
    [10_000, 'medium'],
    [31_999, 'high'],
  ])('a budget of %i tokens is the effort "%s"', (budget, effort) => {
    expect(encode(wish({ budget }), 'qwen3').body['reasoning']).toEqual({ effort });
  });

  test('a budget that the model chooses is none', () => {
    expect(encode(wish({ budget: -1 }), 'gpt-5').body).not.toHaveProperty('reasoning');
  });

  test.each([
    ['gpt-5', 'none', 'minimal'],
    ['gpt-5.1-codex', 'none', 'low'],
    ['o3', 'none', 'low'],
    ['gpt-5-pro', 'none', undefined],
    ['gpt-5.2-pro', 'none', undefined],
    ['gpt-5', 'max', 'high'],
    ['gpt-5.1', 'minimal', 'low'],
    ['o3', 'xhigh', 'high'],
  ])('%s is asked for the effort nearest to "%s"', (model, effort, written) => {
    const { body, warnings } = encode(wish({ effort }), model);
    expect(body['reasoning']).toEqual(written === undefined ? undefined : { effort: written });
    expect(warnings).toHaveLength(1);
  });

  test('a model that does not reason is not asked', () => {
    const { body, warnings } = encode(wish({ effort: 'high', visible: true }), 'openai/gpt-4o');
    expect(body).not.toHaveProperty('reasoning');
    expect(body).not.toHaveProperty('include');
    expect(warnings).toHaveLength(1);
    expect(encode(wish({ effort: 'none' }), 'gpt-4o').warnings).toEqual([]);
  });
});

describe('the form of the answer', () => {
  const schema = { type: 'object', properties: {}, required: [], additionalProperties: false };
  const format = (more: object) =>
    settings({
      format: { kind: 'schema', name: 'my answer!', description: '', schema, strict: null, ...more },
    });

  test('a schema is enforced where it can be', () => {
    expect(encode(format({})).body['text']).toEqual({
      format: { type: 'json_schema', name: 'my_answer_', schema, strict: true },
    });
    expect(encode(format({ strict: false, name: '' })).body['text']).toMatchObject({
      format: { name: 'answer', strict: false },
    });
    const loose = encode(format({ strict: true, schema: { type: 'object' } }));
    expect(loose.body['text']).toMatchObject({ format: { strict: false } });
    expect(loose.warnings).toHaveLength(1);
  });

  test('any JSON must be spoken of in the input', () => {
    const json = settings({ format: { kind: 'json' } });
    const turns = [user({ kind: 'text', text: 'Hi' })];
    expect(encode({ ...json, turns }).body['input']).toMatchObject([{ role: 'developer' }, { role: 'user' }]);
    const spoken = [user({ kind: 'text', text: 'As JSON' })];
    expect(encode({ ...json, turns: spoken }).body['input']).toMatchObject([{ role: 'user' }]);
  });
});
