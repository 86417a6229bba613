import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../../contract/rpc/procedures/routing.ts';
import { openRouting } from './testing/routing-page.ts';

const EXPLANATION: Explanation = {
  modelAsked: 'fast',
  rules: [
    { number: 1, name: 'Private', model: 'x', verdict: 'condition-fails', condition: 'client' },
    { number: 2, name: null, model: 'fast', verdict: 'applies', condition: null },
  ],
  aliases: [
    {
      alias: 'fast',
      strategy: 'cheapest',
      order: [
        { model: 'groq/llama', because: 'price', figure: 0.0012 },
        { model: 'openai/gpt-5', because: 'no-price', figure: null },
      ],
    },
  ],
  complexity: { score: 0.42, parts: { length: 0.1, reasoning: 0.35 } },
  tokens: 1_200,
  kept: null,
  places: [
    {
      provider: 'groq',
      model: 'llama',
      usable: false,
      keys: [
        {
          id: 'a',
          label: 'main',
          fingerprint: '…a1b2',
          state: 'cooling',
          wait: 61_000,
          because: { reason: 'rate_limited', status: 429, message: 'slow down' },
        },
      ],
    },
    {
      provider: 'openai',
      model: 'gpt-5',
      usable: true,
      keys: [{ id: 'b', label: 'team', fingerprint: '…c3d4', state: 'ready', wait: 0, because: null }],
    },
  ],
  excluded: [
    { kind: 'target', alias: 'fast', model: 'off/z', problem: 'provider_off' },
    { kind: 'key', provider: 'groq', model: 'llama', key: 'old', problem: 'disabled' },
  ],
  budgets: [],
  guards: [
    { number: 1, name: 'mail', action: 'mask' },
    { number: 2, name: null, action: 'warn' },
  ],
  client: null,
  error: null,
};

describe('explain', () => {
  it('asks with what is typed and tells every step', async () => {
    const { rpc, page } = await openRouting({ at: '/routing?explain=1', explanation: EXPLANATION });
    const pane = page.get('section[aria-label="Explain a request"]');
    expect(pane.text()).toContain('Where would it go?');
    const [body, headers] = pane.findAll('textarea');
    await pane.get('input').setValue('fast');
    await pane.get('select').setValue('anthropic-messages');
    await body?.setValue('{"messages":[]}');
    await headers?.setValue('X-Team: red\nnothing');
    await pane.get('form').trigger('submit');
    await flushPromises();
    expect(rpc.calls.find(({ name }) => name === 'routing.explain')?.input).toEqual({
      format: 'anthropic-messages',
      model: 'fast',
      body: '{"messages":[]}',
      headers: { 'x-team': 'red' },
    });
    const text = pane.text();
    for (const part of [
      'Goes to openai, gpt-5',
      'Rule 1 “Private” does not hold: client',
      'Rule 2 applies: send to fast',
      'groq/llama would cost $0.0012',
      'openai/gpt-5 no price known, so last',
      'Complexity 0.42',
      'passed over',
      '1:01',
      '429 rate limited, “slow down”',
      'off is switched off.',
      'Key old of groq It is switched off.',
      'mail Matched: what it finds would be masked.',
      'Pattern 2 Matched: only a warning is noted.',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('tells what the client would be told, behind what kind of fault it is', async () => {
    const error = { code: 'model_not_found', message: 'There is no model x.' };
    const { page } = await openRouting({
      at: '/routing?explain=1',
      explanation: { ...EXPLANATION, places: [], error },
    });
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(page.text()).toContain('model not found “There is no model x.”');
  });

  it('tells what is wrong with the request', async () => {
    const { page } = await openRouting({ at: '/routing?explain=1' });
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(page.text()).toContain('No request.');
  });
});
