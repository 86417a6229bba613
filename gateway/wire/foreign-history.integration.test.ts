/**
 * Conversations that began elsewhere: calls nobody here made, ids as other servers write them, thoughts with proofs of
 * somebody else, system messages in the middle, results without calls. Every API must be sent something it takes.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS, type DialectId } from '../../contract/config/provider.ts';
import type { JsonObject } from '../core/json.ts';
import { MODELS } from '../testing/dialect-upstreams/start.ts';
import { startBench, stopBench, type Bench } from '../testing/sdk-cells/bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => stopBench(bench));

/** As Kimi writes them; Anthropic takes no dots and colons. */
const KIMI_ID = 'functions.get_weather:0';
/** As some gateways write them; OpenAI takes 40 characters in chat and 64 in Responses. */
const LONG_ID = `toolu_${'0123456789'.repeat(9)}`;
const FOREIGN = Buffer.from('a proof from somewhere else, long enough to look like one').toString('base64');

const PARAMETERS = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

/** An open loop of tools: the last word is the result of a call. */
const OPEN_LOOP: Readonly<Record<DialectId, (id: string) => JsonObject>> = {
  'openai-chat': (id) => ({
    reasoning_effort: 'medium',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'SCENARIO text' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id, type: 'function', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } },
        ],
      },
      { role: 'tool', tool_call_id: id, content: 'rain' },
    ],
    tools: [{ type: 'function', function: { name: 'get_weather', parameters: PARAMETERS } }],
  }),
  'openai-responses': (id) => ({
    reasoning: { effort: 'medium', summary: 'auto' },
    store: false,
    include: ['reasoning.encrypted_content'],
    instructions: 'Be brief.',
    input: [
      { role: 'user', content: 'SCENARIO text' },
      { type: 'function_call', call_id: id, name: 'get_weather', arguments: '{"city":"Oslo"}' },
      { type: 'function_call_output', call_id: id, output: 'rain' },
    ],
    tools: [{ type: 'function', name: 'get_weather', parameters: PARAMETERS, strict: false }],
  }),
  'anthropic-messages': (id) => ({
    max_tokens: 8_000,
    thinking: { type: 'enabled', budget_tokens: 2_000 },
    system: 'Be brief.',
    messages: [
      { role: 'user', content: 'SCENARIO text' },
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id, name: 'get_weather', input: { city: 'Oslo' } }],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'rain' }] },
    ],
    tools: [{ name: 'get_weather', input_schema: PARAMETERS }],
  }),
  gemini: (id) => ({
    generationConfig: { thinkingConfig: { includeThoughts: true } },
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    contents: [
      { role: 'user', parts: [{ text: 'SCENARIO text' }] },
      { role: 'model', parts: [{ functionCall: { id, name: 'get_weather', args: { city: 'Oslo' } } }] },
      {
        role: 'user',
        parts: [{ functionResponse: { id, name: 'get_weather', response: { output: 'rain' } } }],
      },
    ],
    tools: [{ functionDeclarations: [{ name: 'get_weather', parametersJsonSchema: PARAMETERS }] }],
  }),
};

/** A turn with thoughts that somebody else has signed, in the client's own form. */
const FOREIGN_THOUGHTS: Readonly<Record<DialectId, JsonObject>> = {
  'openai-chat': {
    reasoning_effort: 'medium',
    messages: [
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: 'Hi.', reasoning_content: 'Greet them.' },
      { role: 'user', content: 'SCENARIO text' },
    ],
  },
  'openai-responses': {
    reasoning: { effort: 'medium' },
    store: false,
    include: ['reasoning.encrypted_content'],
    input: [
      { role: 'user', content: 'hello' },
      {
        type: 'reasoning',
        id: 'rs_elsewhere',
        summary: [{ type: 'summary_text', text: 'Greet them.' }],
        encrypted_content: `gAAAAA${FOREIGN}`,
      },
      {
        type: 'message',
        role: 'assistant',
        id: 'msg_elsewhere',
        content: [{ type: 'output_text', text: 'Hi.' }],
      },
      { role: 'user', content: 'SCENARIO text' },
    ],
  },
  'anthropic-messages': {
    max_tokens: 8_000,
    thinking: { type: 'adaptive' },
    messages: [
      { role: 'user', content: 'hello' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Greet them.', signature: FOREIGN },
          { type: 'redacted_thinking', data: FOREIGN },
          { type: 'text', text: 'Hi.' },
        ],
      },
      { role: 'user', content: 'SCENARIO text' },
    ],
  },
  gemini: {
    generationConfig: { thinkingConfig: { includeThoughts: true } },
    contents: [
      { role: 'user', parts: [{ text: 'hello' }] },
      {
        role: 'model',
        parts: [
          { text: 'Greet them.', thought: true },
          { text: 'Hi.', thoughtSignature: FOREIGN },
        ],
      },
      { role: 'user', parts: [{ text: 'SCENARIO text' }] },
    ],
  },
};

/** Cut and mended by some program: a result without its call, a call without its result, empty texts. */
const CUT: Readonly<Record<DialectId, JsonObject>> = {
  'openai-chat': {
    messages: [
      { role: 'tool', tool_call_id: 'call_gone', content: 'rain' },
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: '' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: 'call_open', type: 'function', function: { name: 'get_weather', arguments: '' } }],
      },
      { role: 'system', content: 'From now on be brief.' },
      { role: 'user', content: 'SCENARIO text' },
    ],
  },
  'openai-responses': {
    input: [
      { type: 'function_call_output', call_id: 'call_gone', output: 'rain' },
      { role: 'user', content: 'hello' },
      { type: 'reasoning', id: 'rs_1', summary: [] },
      { type: 'function_call', call_id: 'call_open', name: 'get_weather', arguments: '' },
      { role: 'developer', content: 'From now on be brief.' },
      { role: 'user', content: 'SCENARIO text' },
    ],
  },
  'anthropic-messages': {
    max_tokens: 1_000,
    messages: [
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_gone', content: 'rain' }] },
      { role: 'user', content: 'hello' },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: '' },
          { type: 'tool_use', id: 'call_open', name: 'get_weather', input: {} },
        ],
      },
      { role: 'system', content: 'From now on be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'SCENARIO text' }] },
    ],
  },
  gemini: {
    contents: [
      { role: 'user', parts: [{ functionResponse: { name: 'get_weather', response: { output: 'rain' } } }] },
      { role: 'user', parts: [{ text: 'hello' }] },
      { role: 'model', parts: [{ text: '' }, { functionCall: { name: 'get_weather' } }] },
      { role: 'user', parts: [{ text: 'SCENARIO text' }] },
    ],
  },
};

const PATH: Readonly<Record<DialectId, (model: string) => string>> = {
  'openai-chat': () => '/v1/chat/completions',
  'openai-responses': () => '/v1/responses',
  'anthropic-messages': () => '/v1/messages',
  gemini: (model) => `/v1beta/models/${model}:generateContent`,
};

async function answerTo(
  from: DialectId,
  to: DialectId,
  body: JsonObject,
): Promise<{ status: number; text: string }> {
  const model = `${to}/${MODELS[to]}`;
  const answer = await fetch(`${bench.gateway.url}${PATH[from](model)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
    body: JSON.stringify(from === 'gemini' ? body : { model, ...body }),
  });
  return { status: answer.status, text: await answer.text() };
}

const GREETING = 'from the upstream';

describe.each(DIALECTS)('from %s', (from) => {
  const others = DIALECTS.filter((to) => to !== from);

  it.each(others)(
    'to %s: an open loop of tools that began elsewhere, with ids as Kimi writes them',
    async (to) => {
      const { status, text } = await answerTo(from, to, OPEN_LOOP[from](KIMI_ID));
      expect([status, text]).toEqual([200, expect.stringContaining(GREETING)]);
      const seen = bench.upstreams[to].told.at(-1)?.seen;
      expect(seen?.results.map((result) => result.text)).toEqual(['rain']);
      expect(seen?.calls.map(({ name, input }) => [name, input])).toEqual([
        ['get_weather', { city: 'Oslo' }],
      ]);
    },
  );

  it.each(others)('to %s: ids longer than any API takes', async (to) => {
    const { status, text } = await answerTo(from, to, OPEN_LOOP[from](LONG_ID));
    expect([status, text]).toEqual([200, expect.stringContaining(GREETING)]);
  });

  it.each(DIALECTS)('to %s: thoughts that somebody else has signed', async (to) => {
    const before = bench.upstreams[to].told.length;
    const { status, text } = await answerTo(from, to, FOREIGN_THOUGHTS[from]);
    expect([status, text]).toEqual([200, expect.stringContaining(GREETING)]);
    // The same format is sent as it came, refused, and sent once more without; a foreign one never gets so far.
    const refusals = bench.upstreams[to].told.slice(before).filter(({ refused }) => refused !== null);
    expect(refusals).toHaveLength(from === to && from !== 'openai-chat' ? 1 : 0);
  });

  it.each(others)('to %s: a history that was cut', async (to) => {
    const { status, text } = await answerTo(from, to, CUT[from]);
    expect([status, text]).toEqual([200, expect.stringContaining(GREETING)]);
  });
});
