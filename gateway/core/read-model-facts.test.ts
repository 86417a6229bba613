import { describe, expect, it } from 'vitest';
import { readModelFacts } from './read-model-facts.ts';

const price = (pricing: unknown) => readModelFacts({ id: 'm', pricing })?.price;

describe('what a list says of a model', () => {
  it('OpenRouter: name, context, longest answer, price per million, capabilities', () => {
    expect(
      readModelFacts({
        id: 'maker/m',
        name: 'Maker: M',
        context_length: 1_048_576,
        architecture: { input_modalities: ['text', 'image', 'file', 'audio'] },
        top_provider: { max_completion_tokens: 384_000 },
        pricing: { prompt: '0.00000014', completion: '0.00000028', input_cache_read: '0.0000000028' },
        supported_parameters: ['tools', 'reasoning', 'structured_outputs', 'temperature'],
      }),
    ).toEqual({
      name: 'Maker: M',
      contextTokens: 1_048_576,
      maxOutputTokens: 384_000,
      price: {
        input: 0.14,
        output: 0.28,
        cacheRead: 0.0028,
        cacheWrite: null,
        source: 'provider',
        tiered: false,
      },
      capabilities: ['tools', 'vision', 'files', 'audio', 'reasoning', 'structured-output'],
    });
  });

  it.each([
    ['Groq', { context_window: 131_072, max_completion_tokens: 32_768 }, 131_072, 32_768],
    ['vLLM', { max_model_len: 32_768 }, 32_768, undefined],
    ['Mistral', { max_context_length: 131_072 }, 131_072, undefined],
    ['Anthropic', { max_input_tokens: 200_000, max_tokens: 64_000 }, 200_000, 64_000],
    ['OpenRouter, no bound on answers', { context_length: 8_192, top_provider: {} }, 8_192, undefined],
    ['odd figures', { context_length: '8192', max_tokens: -1 }, undefined, undefined],
  ])('%s: context and longest answer', (_provider, row, context, output) => {
    const facts = readModelFacts({ id: 'm', ...row });
    expect([facts?.contextTokens, facts?.maxOutputTokens]).toEqual([context, output]);
  });

  it.each([
    [
      'images alone',
      { type: 'model', capabilities: { image_input: { supported: true } } },
      ['tools', 'vision'],
    ],
    [
      'thinking and files',
      {
        type: 'model',
        capabilities: {
          image_input: { supported: false },
          pdf_input: { supported: true },
          thinking: { supported: true },
        },
      },
      ['tools', 'files', 'reasoning'],
    ],
    ['Mistral', { capabilities: { function_calling: true, vision: false } }, ['tools']],
    ['none of them', { supported_parameters: ['temperature'] }, []],
    ['nothing said', { capabilities: 'many' }, undefined],
  ])('capabilities: %s', (_case, row, expected) =>
    expect(readModelFacts({ id: 'm', ...row })?.capabilities).toEqual(expected),
  );

  it('free is zero only where the list says so; minus one is not known', () => {
    expect(price({ prompt: '0', completion: '0' })).toMatchObject({ input: 0, output: 0 });
    expect(price({ prompt: '-1', completion: '-1' })).toBeUndefined();
    expect(price({ prompt: '', completion: 'free' })).toBeUndefined();
    expect(price({})).toBeUndefined();
    // Together writes numbers per million: another unit, so not read.
    expect(price({ input: 0.2, output: 0.2 })).toBeUndefined();
  });

  it('longer prompts that cost more are marked; other hours are not', () => {
    const base = { prompt: '0.000001', completion: '0.000002' };
    expect(price({ ...base, overrides: [{ min_prompt_tokens: 32_000 }] })).toMatchObject({ tiered: true });
    expect(price({ ...base, overrides: [{ utc_start: '16:30' }] })).toMatchObject({ tiered: false });
  });

  it('takes the noise of binary fractions away', () => {
    expect(
      price({ prompt: '0.00000060000000000000001', completion: '0.00000090000000000000005' }),
    ).toMatchObject({
      input: 0.6,
      output: 0.9,
    });
  });

  it('a bare name is nothing more', () => expect(readModelFacts({ id: 'gpt-5', name: ' ' })).toBeUndefined());
});
