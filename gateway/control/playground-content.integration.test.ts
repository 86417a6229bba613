/** Files, tools and formats of a playground's chat, as providers of three wire formats get them. */
import { englishOf } from '../testing/english-of.ts';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatFile } from '../../contract/rpc/procedures/chat-content.ts';
import type { ChatPart } from '../../contract/rpc/procedures/playground.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { chunk, DONE } from '../testing/openai-wire.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';
import { createToldCall } from '../testing/told-call.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
const other = (id: string): string =>
  `  - { id: ${id}, base_url: "${upstream.url}", allow_private_network: true, models: [m], keys: [{ id: k1, value: ${KEY_ONE} }] }\n`;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  gateway = await startTestGateway(
    `providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}${other('anthropic')}${other('google')}routing: { retries: 0 }\n`,
  );
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

/** One white pixel. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==';
const PDF = Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64');
const TEXT = Buffer.from('a,b\n1,你好\n').toString('base64');

async function keep(kind: ChatFile['kind'], name: string, mime: string, base64: string): Promise<ChatFile> {
  const { hash, size } = await gateway.gateway.control.handlers['chatFiles.put']({ base64 });
  expect(hash).toBe(createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex'));
  return { kind, name, mime, hash, size };
}
const files = (): Promise<ChatFile[]> =>
  Promise.all([
    keep('image', 'a.png', 'image/png', PNG),
    keep('pdf', 'b.pdf', 'application/pdf', PDF),
    keep('text', 'c.csv', 'text/csv', TEXT),
  ]);

const schema = JSON.stringify({ type: 'object', properties: { x: { type: 'number' } }, required: ['x'] });
const tools = [{ name: 'sum', description: 'Adds', schema }];

async function chat(model: string, more: object = {}) {
  const call = createToldCall<ChatPart>();
  const input = {
    model,
    messages: [
      { role: 'user' as const, text: 'Look', files: await files() },
      { role: 'assistant' as const, text: '', calls: [{ id: 'call_1', name: 'sum', arguments: '{"x":1}' }] },
      { role: 'tool' as const, text: '7', callId: 'call_1' },
      { role: 'user' as const, text: 'Go on' },
    ],
    parameters: { maxTokens: 50 },
    tools,
    toolChoice: 'tool:sum',
    format: { kind: 'schema' as const, name: 'answer', strict: true, schema },
    ...more,
  };
  const end = await gateway.gateway.control.handlers['playground.chat'](input, call);
  const sent: unknown = JSON.parse(upstream.requests.at(-1)?.body.toString() ?? 'null');
  return { end, sent, told: call.told };
}

describe('a chat with files, tools and a schema', () => {
  it("reaches OpenAI's chat as its clients write it, and tells the calls of the answer", async () => {
    upstream.script((request) =>
      request.sse([
        chunk({ content: 'Adding.' }),
        chunk({
          tool_calls: [{ index: 0, id: 'c9', type: 'function', function: { name: 'sum', arguments: '' } }],
        }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: '{"x":2}' } }] }),
        chunk({}, 'tool_calls'),
        DONE,
      ]),
    );
    const { end, sent, told } = await chat('one/m');
    expect(sent).toMatchObject({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } },
            { type: 'file', file: { filename: 'b.pdf', file_data: `data:application/pdf;base64,${PDF}` } },
            { type: 'text', text: 'c.csv:\n\na,b\n1,你好\n' },
            { type: 'text', text: 'Look' },
          ],
        },
        {
          role: 'assistant',
          tool_calls: [{ id: 'call_1', function: { name: 'sum', arguments: '{"x":1}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: '7' },
        { role: 'user', content: 'Go on' },
      ],
      tools: [
        { type: 'function', function: { name: 'sum', description: 'Adds', parameters: JSON.parse(schema) } },
      ],
      tool_choice: { type: 'function', function: { name: 'sum' } },
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', strict: true, schema: JSON.parse(schema) },
      },
    });
    expect(end).toMatchObject({ outcome: 'ok', finishReason: 'tool_calls' });
    const calls = told.filter(({ kind }) => kind === 'call-delta');
    expect(calls[0]).toMatchObject({ index: 0, id: 'c9', name: 'sum' });
    expect(calls.map((part) => ('text' in part ? part.text : '')).join('')).toBe('{"x":2}');
  });

  it("reaches Anthropic's messages", async () => {
    upstream.script((request) => request.json(400, { type: 'error', error: { type: 'x', message: 'no' } }));
    const { sent } = await chat('anthropic/m', { toolChoice: 'auto' });
    expect(sent).toMatchObject({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
            { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: PDF } },
            { type: 'text', text: 'c.csv:\n\na,b\n1,你好\n' },
            { type: 'text', text: 'Look' },
          ],
        },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'sum', input: { x: 1 } }] },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'call_1' },
            { type: 'text', text: 'Go on' },
          ],
        },
      ],
      tools: [{ name: 'sum', description: 'Adds', input_schema: { required: ['x'] } }],
      max_tokens: 50,
    });
    // A model that Anthropic's structured outputs are not known of is told the schema in words.
    expect(sent).toHaveProperty('system');
    expect(JSON.stringify(sent).match(/required/g)).toHaveLength(2);
  });

  it("reaches Gemini's contents", async () => {
    upstream.script((request) => request.json(400, { error: { code: 400, message: 'no', status: 'X' } }));
    const { sent } = await chat('google/m');
    expect(sent).toMatchObject({
      contents: [
        {
          role: 'user',
          parts: [
            { inlineData: { mimeType: 'image/png', data: PNG } },
            { inlineData: { mimeType: 'application/pdf', data: PDF } },
            { text: 'c.csv:\n\na,b\n1,你好\n' },
            { text: 'Look' },
          ],
        },
        { role: 'model', parts: [{ functionCall: { name: 'sum', args: { x: 1 } } }] },
        { role: 'user' },
      ],
      tools: [{ functionDeclarations: [{ name: 'sum', description: 'Adds' }] }],
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['sum'] } },
    });
  });

  it('whose file is not kept any more says which', async () => {
    const [image] = await files();
    const gone = { ...image, hash: 'f'.repeat(64), name: 'gone.png' };
    const sent = gateway.call('playground.chat', {
      model: 'one/m',
      messages: [{ role: 'user', text: 'x', files: [gone] }],
    });
    expect(await sent).toMatchObject({
      error: { code: 'not_found', message: expect.stringContaining('gone.png') },
    });
    expect(upstream.requests).toHaveLength(0);
  });
});

describe('what a provider does not take', () => {
  it('is told with the answer', async () => {
    upstream.script((request) => request.json(400, { type: 'error', error: { type: 'x', message: 'no' } }));
    const { end, sent } = await chat('anthropic/m', {
      parameters: { seed: 7, frequencyPenalty: 1, maxTokens: 50 },
      format: undefined,
    });
    expect(sent).not.toHaveProperty('seed');
    expect(englishOf(end.warnings).join(' ')).toMatch(/seed/);
    expect(englishOf(end.warnings).join(' ')).toMatch(/penalt/i);
  });
});

describe('files', () => {
  it('come back as they were, and are no more than allowed', async () => {
    const [image] = await files();
    expect(await gateway.call('chatFiles.get', { hash: image?.hash })).toMatchObject({
      data: { base64: PNG },
    });
    expect(await gateway.call('chatFiles.get', { hash: '../../etc/passwd' })).toMatchObject({
      error: { code: 'invalid_input' },
    });
    const large = Buffer.alloc(10_000_001).toString('base64');
    expect(await gateway.call('chatFiles.put', { base64: large })).toMatchObject({
      error: { code: 'invalid_input', message: expect.stringContaining('at most 10.0 MB') },
    });
  });
});

describe('a preview', () => {
  const preview = async (model: string, parameters: object = {}, more: object = {}) =>
    gateway.gateway.control.handlers['playground.preview']({
      model,
      messages: [{ role: 'user', text: 'hi', files: await files() }],
      parameters,
      ...more,
    });

  it.each([
    ['one/m', 'openai-chat', []],
    ['anthropic/m', 'anthropic-messages', ['frequencyPenalty', 'presencePenalty', 'seed']],
    ['google/m', 'gemini', []],
  ])('of %s is in its format, and says what does not reach it', async (model, dialect, ignored) => {
    const seen = await preview(model, { maxTokens: 9 });
    expect(seen).toMatchObject({ provider: model.split('/')[0], model: 'm', dialect, error: null });
    expect(seen.ignored).toEqual(expect.arrayContaining(ignored));
    expect(seen.ignored).not.toContain('maxTokens');
    expect(seen.body).toContain('9');
    expect(seen.body).not.toContain('U3dpdGNo');
    expect(upstream.requests).toHaveLength(0);
  });

  it('says what it cannot keep, and why nothing can serve it', async () => {
    expect(englishOf((await preview('anthropic/m', { seed: 1 })).warnings).join(' ')).toMatch(/seed/);
    expect(await preview('one/none')).toMatchObject({ provider: null, error: { code: 'model_not_found' } });
  });
});
