/** Rows 27 and 28 of the fault list: what made other gateways run round in circles. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ASK } from '../testing/openai-wire.ts';
import {
  KEY_ONE,
  KEY_THREE,
  KEY_TWO,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';
import { watched } from '../testing/watched-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;
beforeEach(async () => {
  upstream = await startFakeUpstream();
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

/** Three aliases that fall back to each other in a circle, each after a provider of its own. */
const CIRCLE = [
  ['a', 'b'],
  ['b', 'c'],
  ['c', 'a'],
]
  .map(([own, next]) => `  - { id: ${own}, targets: [{ model: of-${own}/m }, { model: ${next} }] }\n`)
  .join('');
const KEYS = { a: KEY_ONE, b: KEY_TWO, c: KEY_THREE };

async function startCircle(
  more: string,
  ports: Parameters<typeof startTestGateway>[1] = {},
): Promise<TestGateway> {
  const providers = Object.entries(KEYS).map(([name, key]) =>
    providerYaml(`of-${name}`, upstream.url, [key], more).replace('dialect: openai-chat, ', ''),
  );
  gateway = await startTestGateway(`models:\n${CIRCLE}providers:\n${providers.join('')}`, ports);
  return gateway;
}

it('27: A falls back to B, B to C, C to A, and all fail: each is tried once, told soon and in few words', async () => {
  const clock = createSteppedClock();
  const message = `${KEY_ONE} ${'no '.repeat(30_000)}`;
  upstream.script((request) => request.json(500, { error: { message } }));
  const running = watched(await startCircle(', dialect: openai-chat', { clock }), upstream, 'sk-test-');
  gateway = undefined;
  const answer = await running.chat({ ...ASK, model: 'a' });
  expect(answer.status).toBe(502);
  expect(answer.headers.get('x-switchyard-attempts')).toBe('3');
  const told = await answer.text();
  expect(told).toContain('upstream_error');
  expect(upstream.requests.map(({ headers }) => headers['authorization'])).toEqual(
    [KEY_ONE, KEY_TWO, KEY_THREE].map((key) => `Bearer ${key}`),
  );
  clock.step(10_000);
  const rows = await running.rows(1);
  expect(rows).toHaveLength(1);
  // On this clock no timer runs out by itself: had anything been waited for, there would be no answer yet.
  const atOnce = { result: 'upstream_error', waited: 0 };
  expect(rows[0]).toMatchObject({
    outcome: 'error',
    attemptCount: 3,
    modelAsked: 'a',
    attempts: [atOnce, atOnce, atOnce],
  });
  const logged = JSON.stringify(rows) + running.logged.join('\n');
  expect(logged.length).toBeLessThan(20_000);
  for (const text of [told, logged]) expect(text).not.toContain(KEY_ONE);
  await running.checkAndStop();
});

/** A conversation with a call whose arguments are `args`, as a tool sends it back. */
const chatCall = (args: unknown): object => ({
  model: 'a',
  messages: [
    { role: 'user', content: 'hi' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: args } }],
    },
    { role: 'tool', tool_call_id: 'call_1', content: 'rain' },
  ],
});
const functionCall = { type: 'function_call', call_id: 'call_1', name: 'f', arguments: 7 };
const toolUse = { type: 'tool_use', id: 'toolu_1', name: 'f', input: '{"city":"Rome"}' };
const ARGUMENTS = 'messages[1].tool_calls[0].function.arguments';

/** Path, format of the providers, field at fault, body. */
const MALFORMED: readonly (readonly [string, string, string, object])[] = [
  ['/v1/chat/completions', 'anthropic-messages', ARGUMENTS, chatCall(7)],
  ['/v1/responses', 'anthropic-messages', 'input[0].arguments', { model: 'a', input: [functionCall] }],
  [
    '/v1/messages',
    'openai-chat',
    'messages[0].content[0].input',
    { model: 'a', max_tokens: 9, messages: [{ role: 'assistant', content: [toolUse] }] },
  ],
  [
    '/v1beta/models/a:generateContent',
    'openai-chat',
    'contents[0].parts[0].functionCall.args',
    { contents: [{ role: 'model', parts: [{ functionCall: { name: 'f', args: 'Rome' } }] }] },
  ],
  ['/api/chat', 'openai-chat', ARGUMENTS, chatCall([1])],
];

it('28: arguments of a call that are none: 400 in the caller’s words, the field named, nobody asked or marked', async () => {
  for (const dialect of ['anthropic-messages', 'openai-chat']) {
    const running = await startCircle(`, dialect: ${dialect}`);
    const cases = MALFORMED.filter(([, target]) => target === dialect);
    for (const [path, , field, body] of cases) {
      const answer = await fetch(`${running.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(answer.status, path).toBe(400);
      const text = await answer.text();
      expect(text, path).toContain(field);
      if (path !== '/api/chat') expect(text, path).toMatch(/invalid_request/);
    }
    expect(upstream.requests).toHaveLength(0);
    const rows = await running.rows(cases.length);
    expect(rows).toHaveLength(cases.length);
    for (const row of rows) {
      expect(row).toMatchObject({ status: 400, errorCode: 'invalid_request', attempts: [] });
    }
    const fine = { keys: [{ state: 'ready', consecutiveFailures: 0, lastFailedAt: null }] };
    expect(await running.call('providers.list')).toMatchObject({ data: [fine, fine, fine] });
    await running.stop();
  }
  gateway = undefined;
});

it('28: a call that a model broke off goes on to a format that takes objects only, once', async () => {
  const content = [{ type: 'text', text: 'Once more, please.' }];
  const usage = { input_tokens: 9, output_tokens: 4 };
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content, usage };
  upstream.script((request) =>
    request.json(200, { ...message, stop_reason: 'end_turn', stop_sequence: null }),
  );
  const running = await startCircle(', dialect: anthropic-messages');
  expect((await running.chat(chatCall('{"city": "Ro'))).status).toBe(200);
  expect(upstream.requests).toHaveLength(1);
  expect(upstream.requests[0]?.body.toString()).toContain(String.raw`"input":{"input":"{\"city\": \"Ro"}`);
  expect(await running.rows(1)).toMatchObject([{ outcome: 'ok', attemptCount: 1 }]);
});

it('28: such a call goes on as it stands to a format that takes text', async () => {
  upstream.script((request) =>
    request.json(200, {
      id: 'resp_1',
      object: 'response',
      status: 'completed',
      model: 'm',
      output: [
        {
          type: 'message',
          id: 'msg_1',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'Hi', annotations: [] }],
        },
      ],
    }),
  );
  const running = await startCircle(', dialect: openai-responses');
  expect((await running.chat(chatCall('{"city": "Ro'))).status).toBe(200);
  expect(upstream.requests[0]?.body.toString()).toContain(String.raw`"arguments":"{\"city\": \"Ro"`);
});
