/** What the playground tells of an answer, and what it asks for. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANSWER, chunk, DONE, HEAD } from '../testing/openai-wire.ts';
import {
  ask,
  bodyOf,
  chatCall,
  wordsOf,
  openPlayground,
  type PlaygroundHost,
} from '../testing/playground-chat.ts';

const USAGE = {
  prompt_tokens: 12,
  completion_tokens: 5,
  total_tokens: 17,
  prompt_tokens_details: { cached_tokens: 4 },
  completion_tokens_details: { reasoning_tokens: 2 },
};
const usage = `data: ${JSON.stringify({ id: 'c', choices: [], usage: USAGE })}\n\n`;

let host: PlaygroundHost;
beforeEach(async () => {
  host = await openPlayground();
});
afterEach(() => host.stop());

describe('an answer', () => {
  it('is told piece by piece, with who served it and what it took', async () => {
    host.upstream.script((request) =>
      request.sse([
        HEAD,
        chunk({ reasoning_content: 'Let me ' }),
        chunk({ reasoning: 'think.' }),
        chunk({ content: 'Hel' }) + chunk({ content: 'lo' }),
        chunk({ content: ' 世界' }),
        chunk({ refusal: 'No more.' }),
        chunk({}, 'stop'),
        usage,
        DONE,
      ]),
    );
    const of = await host.start();
    const call = chatCall();
    const end = await ask(of, call);
    expect(end).toEqual({
      requestId: expect.stringMatching(/^req_/),
      outcome: 'ok',
      status: 200,
      provider: 'one',
      model: 'm',
      keyFingerprint: '…1111',
      attempts: 1,
      firstContentAt: expect.any(Number),
      doneAt: expect.any(Number),
      tokens: { input: 12, cacheRead: 4, cacheWrite: 0, output: 5, reasoning: 2 },
      cost: null,
      warnings: [],
      finishReason: 'stop',
      error: null,
    });
    expect(call.told.slice(0, 2)).toEqual([
      { kind: 'sent', requestId: end.requestId },
      { kind: 'served', provider: 'one', model: 'm', attempts: 1 },
    ]);
    expect(wordsOf(call, 'reasoning-delta')).toBe('Let me think.');
    expect(wordsOf(call, 'text-delta')).toBe('Hello 世界');
    expect(wordsOf(call, 'refusal-delta')).toBe('No more.');
    const [row] = await of.rows(1);
    expect(row).toMatchObject({
      id: end.requestId,
      app: 'Switchyard playground',
      client: null,
      outcome: 'ok',
    });
  });

  it('is asked for with the parameters that are set, and no other', async () => {
    host.upstream.script((request) => request.sse([chunk({ content: 'x' }, 'stop'), DONE]));
    const of = await host.start();
    await ask(of, chatCall());
    await ask(of, chatCall(), {
      temperature: 0,
      topP: 0.5,
      maxTokens: 9,
      seed: 7,
      stop: ['END'],
      reasoningEffort: 'low',
    });
    const plain = { model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: true };
    const [first, second] = host.upstream.requests.map(bodyOf);
    expect(first).toEqual({ ...plain, stream_options: { include_usage: true } });
    expect(second).toEqual({
      ...plain,
      stream_options: { include_usage: true },
      temperature: 0,
      top_p: 0.5,
      max_tokens: 9,
      seed: 7,
      stop: ['END'],
      reasoning_effort: 'low',
    });
  });

  it('may come as a whole from an upstream that does not stream', async () => {
    host.upstream.script((request) => request.json(200, ANSWER));
    const call = chatCall();
    const end = await ask(await host.start(), call);
    expect(end).toMatchObject({ outcome: 'ok', finishReason: 'stop', tokens: { input: 3, output: 1 } });
    expect(wordsOf(call, 'text-delta')).toBe('hello');
  });

  it('tells key, tokens and time also where the log keeps nothing', async () => {
    host.upstream.script((request) => request.sse([chunk({ content: 'x' }, 'stop'), usage, DONE]));
    const end = await ask(await host.start('requests: { bodies: off }\n'), chatCall());
    expect(end).toMatchObject({ outcome: 'ok', keyFingerprint: '…1111', tokens: { input: 12 } });
  });

  it('sends the limit again under its newer name to a model that asks for it, and remembers that', async () => {
    host.upstream.script((request) => {
      if (bodyOf(request)['max_tokens'] === undefined) {
        request.sse([chunk({ content: 'x' }, 'stop'), DONE]);
        return;
      }
      const message =
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
      request.json(400, { error: { message, type: 'invalid_request_error', code: 'unsupported_parameter' } });
    });
    const of = await host.start();
    expect(await ask(of, chatCall(), { maxTokens: 9 })).toMatchObject({ outcome: 'ok' });
    expect(await ask(of, chatCall(), { maxTokens: 8 })).toMatchObject({ outcome: 'ok' });
    expect(host.upstream.requests.map((request) => bodyOf(request)['max_completion_tokens'])).toEqual([
      undefined,
      9,
      8,
    ]);
  });
});
