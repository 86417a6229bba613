/** Requests in every format as the beginning of a chat. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { Warn } from '../core/canonical/request.ts';
import { englishOf } from '../testing/english-of.ts';
import { describe, expect, it } from 'vitest';
import { LONGEST_SCHEMA, MOST_FILES, MOST_TOOLS } from '../../contract/rpc/chat-limits.ts';
import type { ReadChat } from '../../contract/rpc/procedures/playground.ts';
import type { RequestFormat } from '../../contract/rpc/request-formats.ts';
import { decodeBody } from './playground-decode.ts';
import { readChat, type KeepFile } from './playground-reading.ts';

const HASH = 'a'.repeat(64);
const keep: KeepFile = (base64, file) =>
  Promise.resolve(
    base64 === 'bGFyZ2U=' ? null : { ...file, hash: HASH, size: Buffer.from(base64, 'base64').length },
  );

async function read(format: RequestFormat, body: unknown): Promise<ReadChat> {
  const leftOut = new Map<string, Told>();
  const leave: Warn = (what) => void leftOut.set(what.text, what);
  const request = decodeBody(format, JSON.stringify(body), leave);
  return { ...(await readChat(request, { keep, leave })), leftOut: [...leftOut.values()] };
}

const PNG = 'aGVsbG8=';
/** Ollama says no type, so its images must be such. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==';
const image = { kind: 'image', name: 'image.png', mime: 'image/png', hash: HASH, size: 5 };
const schema = { type: 'object', properties: { x: { type: 'number' } } };
const words = { system: 'Be brief.', model: 'x/y' };
const texts = (type: string, ...said: readonly string[]) => said.map((text) => ({ type, text }));

describe('a request gives system, messages, files, tools and parameters', () => {
  it('in the format of OpenAI chat', async () => {
    const call = { id: 'c1', type: 'function', function: { name: 'sum', arguments: '{"x":1}' } };
    const chat = await read('openai-chat', {
      model: 'x/y',
      temperature: 1,
      top_p: 0.5,
      max_completion_tokens: 9,
      stop: 'END',
      seed: 3,
      reasoning_effort: 'low',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            ...texts('text', 'a', 'b'),
            { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } },
            { type: 'file', file: { filename: 'b.pdf', file_data: `data:application/pdf;base64,${PNG}` } },
          ],
        },
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c1', content: '7' },
        { role: 'user', content: 'd' },
      ],
      tools: [{ type: 'function', function: { name: 'sum', description: 'Adds', parameters: schema } }],
      tool_choice: { type: 'function', function: { name: 'sum' } },
      response_format: { type: 'json_schema', json_schema: { name: 'out', strict: true, schema } },
    });
    expect(chat).toMatchObject({
      ...words,
      messages: [
        {
          role: 'user',
          text: 'a\n\nb',
          files: [image, { kind: 'pdf', name: 'b.pdf', mime: 'application/pdf' }],
        },
        { role: 'assistant', text: '', calls: [{ id: 'c1', name: 'sum', arguments: '{"x":1}' }] },
        { role: 'tool', callId: 'c1', text: '7' },
        { role: 'user', text: 'd' },
      ],
      parameters: { temperature: 1, topP: 0.5, maxTokens: 9, stop: ['END'], seed: 3, reasoningEffort: 'low' },
      tools: [{ name: 'sum', description: 'Adds' }],
      toolChoice: 'tool:sum',
      format: { kind: 'schema', name: 'out', strict: true },
      leftOut: [],
    });
    expect(JSON.parse(chat.tools[0]?.schema ?? '')).toEqual(schema);
  });

  it('in the format of OpenAI Responses', async () => {
    const chat = await read('openai-responses', {
      model: 'x/y',
      max_output_tokens: 9,
      reasoning: { effort: 'low' },
      instructions: 'Be brief.',
      input: [
        { role: 'user', content: [{ type: 'input_image', image_url: `data:image/png;base64,${PNG}` }] },
        { type: 'function_call', call_id: 'c1', name: 'sum', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c1', output: '7' },
      ],
      tools: [{ type: 'function', name: 'sum', parameters: schema }],
    });
    expect(chat).toMatchObject({
      ...words,
      messages: [
        { role: 'user', files: [image] },
        { role: 'assistant', calls: [{ id: 'c1', name: 'sum' }] },
        { role: 'tool', callId: 'c1', text: '7' },
      ],
      parameters: { maxTokens: 9, reasoningEffort: 'low' },
      tools: [{ name: 'sum' }],
    });
    expect((await read('openai-responses', { model: 'x/y', input: 'hi' })).messages).toEqual([
      { role: 'user', text: 'hi' },
    ]);
  });

  it('in the format of Anthropic', async () => {
    const source = { type: 'base64', media_type: 'image/png', data: PNG };
    const chat = await read('anthropic-messages', {
      model: 'x/y',
      max_tokens: 9,
      stop_sequences: ['END'],
      system: texts('text', 'Be brief.'),
      messages: [
        { role: 'user', content: [{ type: 'image', source }, ...texts('text', 'a')] },
        { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'sum', input: { x: 1 } }] },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 't', content: 'found' }, ...texts('text', 'go on')],
        },
      ],
      tools: [{ name: 'sum', input_schema: schema }],
    });
    expect(chat).toMatchObject({
      ...words,
      messages: [
        { role: 'user', text: 'a', files: [image] },
        { role: 'assistant', calls: [{ id: 't', name: 'sum', arguments: '{"x":1}' }] },
        { role: 'tool', callId: 't', text: 'found' },
        { role: 'user', text: 'go on' },
      ],
      parameters: { maxTokens: 9, stop: ['END'] },
      tools: [{ name: 'sum' }],
    });
  });

  it('in the format of Gemini, whose model stands in the address', async () => {
    const chat = await read('gemini', {
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'a' }, { inlineData: { mimeType: 'image/png', data: PNG } }] },
        { role: 'model', parts: [{ functionCall: { name: 'sum', args: {} } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'sum', response: { result: 7 } } }] },
      ],
      generationConfig: { temperature: 1, topP: 0.5, maxOutputTokens: 9, stopSequences: ['END'] },
      tools: [{ functionDeclarations: [{ name: 'sum', parameters: schema }] }],
    });
    expect(chat).toMatchObject({
      model: '',
      system: 'Be brief.',
      messages: [{ text: 'a', files: [image] }, { calls: [{ name: 'sum' }] }, { role: 'tool' }],
      parameters: { temperature: 1, topP: 0.5, maxTokens: 9, stop: ['END'] },
      tools: [{ name: 'sum' }],
    });
    expect(chat.messages[1]?.calls?.[0]?.id).toBe(chat.messages[2]?.callId);
  });

  it.each([
    ['ollama-chat', { model: 'x/y', messages: [{ role: 'user', content: 'd', images: [PIXEL] }] }],
    ['ollama-generate', { model: 'x/y', prompt: 'd', images: [PIXEL] }],
    ['openai-completions', { model: 'x/y', prompt: 'd' }],
  ] as const)('in the format %s', async (format, body) => {
    expect((await read(format, body)).messages.at(-1)).toMatchObject({ role: 'user', text: 'd' });
  });
});

describe('what has no place in a chat is named', () => {
  const user = (...content: readonly object[]) => ({ model: 'm', messages: [{ role: 'user', content }] });
  it.each([
    [
      'openai-chat',
      user({ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }),
      /images that are not/,
    ],
    [
      'openai-chat',
      user({ type: 'image_url', image_url: { url: 'data:image/png;base64,bGFyZ2U=' } }),
      /the file image.png/,
    ],
    ['openai-chat', user({ type: 'input_audio', input_audio: { data: PNG, format: 'wav' } }), /sound/],
    ['openai-chat', { model: 'm', messages: [{ role: 'user', content: 'x' }], top_p: 1.5 }, /topP 1.5/],
    ['openai-responses', { model: 'm', input: 'x', tools: [{ type: 'web_search' }] }, /web_search/],
    ['gemini', { contents: [{ parts: [{ text: 'x' }] }], generationConfig: { topK: 5 } }, /top_k/],
  ] as const)('%s %j', async (format, body, named) => {
    expect(englishOf((await read(format, body)).leftOut).join('; ')).toMatch(named);
  });
});

describe('what is more than a chat holds is left out, and told once', () => {
  const message = (count: number) => ({
    role: 'user',
    content: Array.from({ length: count }, () => ({
      type: 'image_url',
      image_url: { url: `data:image/png;base64,${PNG}` },
    })),
  });
  const tools = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ type: 'function', function: { name: `t${index}` } }));
  const ask = (more: object) =>
    read('openai-chat', { model: 'm', messages: [{ role: 'user', content: 'x' }], ...more });

  it('tools', async () => {
    const { leftOut, ...chat } = await ask({ tools: tools(MOST_TOOLS + 2) });
    expect(chat.tools.map(({ name }) => name)).toEqual(tools(MOST_TOOLS).map((tool) => tool.function.name));
    expect(englishOf(leftOut)).toEqual(['tools after the first 512']);
    expect((await ask({ tools: tools(MOST_TOOLS) })).leftOut).toEqual([]);
  });

  it('files of a message', async () => {
    const answer = { role: 'assistant', content: 'Seen.' };
    const { leftOut, ...chat } = await ask({ messages: [message(MOST_FILES + 2), answer, message(1)] });
    expect(chat.messages.map(({ files }) => files?.length)).toEqual([MOST_FILES, undefined, 1]);
    expect(englishOf(leftOut)).toEqual(['files of a message after the first 20']);
    expect((await ask({ messages: [message(MOST_FILES)] })).leftOut).toEqual([]);
  });

  it('a tool whose schema is too long', async () => {
    const long = { type: 'object', description: 'x'.repeat(LONGEST_SCHEMA) };
    const { leftOut, ...chat } = await ask({
      tools: [{ type: 'function', function: { name: 'long', parameters: long } }, ...tools(1)],
    });
    expect(chat.tools.map(({ name }) => name)).toEqual(['t0']);
    expect(englishOf(leftOut)).toEqual(['the tool long']);
  });
});

it.each([
  ['openai-chat', '{'],
  ['openai-chat', '[]'],
  ['openai-chat', '{"input":7}'],
  ['gemini', '{"content":{"parts":[{"text":"to be embedded"}]}}'],
] as const)('what is no chat is refused: %s %s', (format, body) => {
  expect(() => decodeBody(format, body, () => undefined)).toThrow();
});
