/** What is guarded reaches no provider, wherever in a request it stands. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER } from '../testing/openai-wire.ts';
import { KEY_ONE, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
let before = 0;

const DIALECTS = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'];
const PATTERNS = [
  'TOPSECRET',
  '机密',
  '\\b(?:\\d[ -]?){13,16}\\b',
  '/password="[^"]+"/i',
  { pattern: '\\bmasked-\\w+', action: 'mask' },
];

beforeAll(async () => {
  upstream = await startFakeUpstream();
  const providers = DIALECTS.map((dialect) => ({
    ...{ id: dialect, dialect, base_url: upstream.url, allow_private_network: true, models: ['m'] },
    keys: [{ id: 'a', value: KEY_ONE }],
  }));
  gateway = await startTestGateway(JSON.stringify({ providers, guards: { sensitive_patterns: PATTERNS } }));
});
beforeEach(() => {
  before = upstream.requests.length;
  upstream.script((request) => request.json(200, ANSWER));
});
afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

/** What reached the upstream since the test began. */
const sent = () => upstream.requests.slice(before);

const post = (path: string, body: object): Promise<Response> =>
  fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const USER = { role: 'user', content: 'hi' };
const messages = (...content: readonly object[]) => ({
  ...{ model: 'anthropic-messages/m', max_tokens: 5 },
  messages: [USER, { role: 'assistant', content }, USER],
});
const responses = (...input: readonly object[]) => ({
  ...{ model: 'openai-responses/m', store: false },
  input: [USER, ...input],
});
const chat = (more: object) => ({ model: 'openai-chat/m', messages: [USER], ...more });
const calling = (given: string) => {
  const call = { id: 'c1', type: 'function', function: { name: 'f', arguments: given } };
  return chat({
    messages: [
      USER,
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: 'ok' },
    ],
  });
};
const S = 'TOPSECRET';
const CARD = 'card:\n4111 1111 1111 1111';

const PLACES: Readonly<Record<string, readonly (readonly [string, object])[]>> = {
  '/v1/messages': [
    [
      'results of an MCP server',
      messages({
        ...{ type: 'mcp_tool_result', tool_use_id: 'a', is_error: false },
        content: [{ type: 'text', text: S }],
      }),
    ],
    [
      'what a hosted tool is given',
      messages({ type: 'server_tool_use', id: 'a', name: 'bash_code_execution', input: { command: S } }),
    ],
    [
      'what a hosted tool gave back',
      messages({
        ...{ type: 'bash_code_execution_tool_result', tool_use_id: 'a' },
        content: { type: 'bash_code_execution_result', stdout: S, stderr: '', return_code: 0, content: [] },
      }),
    ],
    [
      'the title of a document',
      messages({
        ...{ type: 'document', title: S },
        source: { type: 'base64', media_type: 'application/pdf', data: 'AAAA' },
      }),
    ],
    ['a block nobody knows', messages({ type: 'compaction', content: S })],
    [
      'examples of what a tool takes',
      {
        ...messages(),
        tools: [{ name: 'a', input_schema: { type: 'object' }, input_examples: [{ q: S }] }],
      },
    ],
    ['lines of what a tool is given', messages({ type: 'tool_use', id: 'c', name: 'f', input: { a: CARD } })],
  ],
  '/v1/responses': [
    [
      'results of an MCP server',
      responses({ type: 'mcp_call', id: 'mcp_1', server_label: 's', name: 'n', arguments: '{}', output: S }),
    ],
    [
      'code that was run',
      responses({ type: 'code_interpreter_call', id: 'ci_1', code: S, container_id: 'c', outputs: [] }),
    ],
  ],
  '/v1/chat/completions': [
    ['what is predicted', chat({ prediction: { type: 'content', content: S } })],
    [
      'a part nobody knows',
      chat({
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'hi' },
              { type: 'document', document: { text: S } },
            ],
          },
        ],
      }),
    ],
    ['lines of what a tool is given', calling(JSON.stringify({ note: CARD }))],
    ['quotes in what a tool is given', calling(JSON.stringify({ cmd: 'export PASSWORD="hunter2"' }))],
    ['escapes in what a tool is given', calling('{"q":"\\u673a\\u5bc6"}')],
    ['a result that is JSON', chat({ messages: [{ role: 'user', content: '{"q":"\\u673a\\u5bc6"}' }] })],
    ['data of who asks', chat({ metadata: { ticket: S } })],
  ],
  '/v1beta/models/gemini%2Fm:generateContent': [
    [
      'code that was run',
      {
        contents: [
          { role: 'user', parts: [{ text: 'hi' }] },
          { role: 'model', parts: [{ executableCode: { language: 'PYTHON', code: S } }] },
          { role: 'user', parts: [{ text: 'hi' }] },
        ],
      },
    ],
    ['a part nobody knows', { contents: [{ role: 'user', parts: [{ text: 'hi' }, { newThing: S }] }] }],
  ],
};

describe.each(Object.entries(PLACES))('%s', (path, cases) => {
  it.each(cases)('%s', async (_name, body) => {
    const answer = await post(path, body);
    expect(await answer.text()).toContain('of guards.sensitive_patterns keeps in');
    expect(answer.status).toBe(400);
    expect(sent()).toEqual([]);
  });
});

it('ids, kinds and pictures are not taken for what is said', async () => {
  const id = 'call_8-4111111111111111';
  const call = { id, type: 'function', function: { name: 'f', arguments: '{}' } };
  const picture = { type: 'image_url', image_url: { url: `data:image/png;base64,${S}${'A'.repeat(91)}` } };
  const answer = await post(
    '/v1/chat/completions',
    chat({
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'hi' }, picture] },
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: id, content: 'ok' },
      ],
    }),
  );
  expect(answer.status).toBe(200);
});

describe('a form', () => {
  const edit = (prompt: string, fileName = 'x.png'): Promise<Response> => {
    const form = new FormData();
    form.set('model', 'openai-chat/m');
    form.set('prompt', prompt);
    form.set('image', new Blob([`${S} in bytes`], { type: 'image/png' }), fileName);
    return fetch(`${gateway.url}/v1/images/edits`, { method: 'POST', body: form });
  };

  it.each([
    ['a field', 'draw TOPSECRET', 'x.png'],
    ['the name of a file', 'draw', 'TOPSECRET.png'],
  ])('%s is looked at', async (_name, prompt, fileName) => {
    const answer = await edit(prompt, fileName);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('pattern 1 of guards.sensitive_patterns');
    expect(sent()).toEqual([]);
  });

  it('a field is masked, and its files stay as they are', async () => {
    expect((await edit('draw masked-bird, please')).status).toBe(200);
    const [edited] = sent();
    const text = edited?.body.toString() ?? '';
    expect(text).toContain('\r\n\r\ndraw [masked], please\r\n');
    expect(text).toContain(`\r\n\r\n${S} in bytes\r\n`);
    expect(text).toContain('\r\n\r\nm\r\n');
  });

  it('the name of a file cannot be masked', async () => {
    const answer = await edit('draw masked-bird', 'masked-bird.png');
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('in a place where nothing can be masked');
    expect(sent()).toEqual([]);
  });
});

it('what is masked in other calls is looked through once more', async () => {
  const answer = await post('/v1/embeddings', {
    model: 'openai-chat/m',
    input: 'a masked-b',
    name: 'masked-c',
  });
  expect(answer.status).toBe(400);
  expect(sent()).toEqual([]);
});

it.each([
  [
    'a name',
    { tools: [{ type: 'function', function: { name: 'masked-f', parameters: { type: 'object' } } }] },
  ],
  ['words', { messages: [{ role: 'user', content: 'masked-f' }] }],
])('a dry run says what becomes of a match in %s', async (_name, more) => {
  const body = chat(more);
  const told = await gateway.call('routing.explain', { body: JSON.stringify(body) });
  const { status } = await post('/v1/chat/completions', body);
  expect(told).toMatchObject({
    ok: true,
    data: { error: status === 200 ? null : { code: 'content_blocked' } },
  });
});
