/** What leaves something behind at its provider is sent once: a second call would do it twice. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { englishOf } from '../testing/english-of.ts';
import { bad } from '../testing/key-faults.ts';
import { KEY_ONE, KEY_TWO, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const IMAGE = { created: 1, data: [{ b64_json: 'aGk=' }] };
const RESPONSE = {
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  status: 'completed',
  model: 'm',
  output: [
    {
      id: 'msg_1',
      type: 'message',
      status: 'completed',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'hi', annotations: [] }],
    },
  ],
  usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
};

let upstream: FakeUpstream;
let other: FakeUpstream;
let gateway: TestGateway;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  other = await startFakeUpstream();
  const box = (id: string, url: string) =>
    `  - { id: ${id}, dialect: openai-responses, base_url: "${url}", allow_private_network: true, models: [m], strategy: priority, keys: [{ id: k1, value: ${KEY_ONE} }, { id: k2, value: ${KEY_TWO} }] }\n`;
  gateway = await startTestGateway(
    `routing: { timeout: { total: 3s } }\nmodels: [{ id: best, targets: [{ model: one/m }, { model: two/m }] }]\nproviders:\n${box('one', upstream.url)}${box('two', other.url)}`,
  );
  other.script(fine);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
  await other.close();
});

const fine = (request: FakeRequest): void =>
  request.json(200, request.path.includes('images') ? IMAGE : RESPONSE);

const post = (path: string, body: object): Promise<Response> =>
  fetch(`${gateway.url}/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'best', ...body }),
  });

const image = () => post('images/generations', { prompt: 'a cat' });
const respond = (more: object) => post('responses', { input: 'hello', ...more });
const calls = (): number => upstream.requests.length + other.requests.length;

const JOBS: readonly (readonly [string, () => Promise<Response>])[] = [
  ['an image', image],
  ['an answer in the background', () => respond({ background: true, store: true })],
  ['an answer that a conversation keeps', () => respond({ conversation: 'conv_1' })],
];
const ENDS: readonly (readonly [string, (request: FakeRequest) => void])[] = [
  ['a reset', (request) => request.reset()],
  ['silence', (request) => request.hang()],
  [
    'an answer cut short',
    (request) => {
      request.raw(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"created":',
      );
      request.cut();
    },
  ],
  ['a time-out behind the provider', bad(504, { message: 'late' })],
];

describe.each(JOBS)('%s', (_job, send) => {
  it.each(ENDS)('%s after it was sent: no second call, and the row says why', async (_end, act) => {
    upstream.script(act);
    const answer = await send();
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.headers.get('x-should-retry')).toBe('false');
    await answer.text();
    expect(calls()).toBe(1);
    const [row] = await gateway.rows(1);
    expect(englishOf(row?.warnings ?? [])).toEqual([expect.stringContaining('may have been done')]);
  });

  it('goes on where it was refused, or failed in so many words', async () => {
    upstream.script((request) =>
      (upstream.requests.length === 1 ? bad(401, { message: 'no' }) : bad(500, { message: 'oops' }))(request),
    );
    expect((await send()).status).toBe(200);
    expect([upstream.requests.length, other.requests.length]).toEqual([2, 1]);
  });

  it('is not sent on a kept socket, which may have died meanwhile', async () => {
    upstream.script(fine);
    await (await send()).text();
    await (await send()).text();
    const rows = await gateway.rows(2);
    expect(rows.map(({ attempts }) => attempts.map(({ reusedSocket }) => reusedSocket))).toEqual([
      [false],
      [false],
    ]);
  });
});

it.each([
  ['as it is', {}],
  ['stored', { store: true }],
  ['in no background and no conversation', { background: false, conversation: null }],
  ['that goes on from another', { previous_response_id: 'resp_0' }],
])('an answer %s is tried elsewhere', async (_name, more) => {
  upstream.script((request) => (upstream.requests.length === 1 ? request.reset() : fine(request)));
  const answer = await respond(more);
  expect(answer.status).toBe(200);
  expect(calls()).toBe(2);
});
