/** A conversation with signatures stays with the key that made them, from its second request on. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, KEY_TWO, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  const keys = `keys: [{ id: k1, value: ${KEY_ONE} }, { id: k2, value: ${KEY_TWO} }]`;
  gateway = await startTestGateway(
    `providers: [{ id: r, dialect: openai-responses, base_url: "${upstream.url}", allow_private_network: true, models: [m], ${keys} }]\n`,
  );
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const said = (text: string) => ({ role: 'user', content: [{ type: 'input_text', text }] });
const thought = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAA' };
const answer = {
  type: 'message',
  id: 'msg_1',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: 'Yes.', annotations: [] }],
};

it.each([
  ['brings its thoughts back', [thought, answer]],
  ['refers to what the account keeps', [{ type: 'item_reference', id: 'rs_1' }, answer]],
])('however short it is, where it %s', async (_name, back) => {
  upstream.script((request) =>
    request.json(200, {
      ...{ id: 'resp_1', object: 'response', created_at: 1, status: 'completed', model: 'm' },
      output: [thought, answer],
    }),
  );
  const input: object[] = [said('Hi')];
  for (let turn = 0; turn < 12; turn += 1) {
    const told = await fetch(`${gateway.url}/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'r/m', store: false, input }),
    });
    expect(told.status).toBe(200);
    input.push(...back, said(`And ${turn}?`));
  }
  const keys = new Set(upstream.requests.map(({ headers }) => headers['authorization']));
  expect(keys.size).toBe(1);
});

it.each([
  ['the answer it goes on from', (last: string) => ({ previous_response_id: last })],
  ['the conversation its provider keeps', () => ({ conversation: 'conv_1' })],
])('however short it is, where it names %s', async (_name, naming) => {
  let count = 0;
  upstream.script((request) =>
    request.json(200, {
      ...{ id: `resp_${(count += 1)}`, object: 'response', created_at: 1, status: 'completed', model: 'm' },
      output: [answer],
    }),
  );
  for (let turn = 0; turn < 12; turn += 1) {
    const told = await fetch(`${gateway.url}/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'r/m',
        input: `And ${turn}?`,
        ...naming(count === 0 ? 'resp_0' : `resp_${count}`),
      }),
    });
    expect(told.status).toBe(200);
  }
  const keys = new Set(upstream.requests.map(({ headers }) => headers['authorization']));
  expect(keys.size).toBe(1);
});

it('in native chat too, where only few answers are signed', async () => {
  const chat = await startTestGateway(
    `providers: [{ id: c, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, models: [m], keys: [{ id: k1, value: ${KEY_ONE} }, { id: k2, value: ${KEY_TWO} }] }]\n`,
  );
  const message = {
    ...{ role: 'assistant', content: 'Yes.' },
    reasoning_details: [{ type: 'reasoning.encrypted', data: 'gAAAA' }],
  };
  upstream.script((request) =>
    request.json(200, { model: 'm', choices: [{ index: 0, message, finish_reason: 'stop' }] }),
  );
  try {
    const messages: object[] = [{ role: 'user', content: 'Hi' }];
    for (let turn = 0; turn < 12; turn += 1) {
      await fetch(`${chat.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'c/m', messages }),
      });
      messages.push(message, { role: 'user', content: `And ${turn}?` });
    }
  } finally {
    await chat.stop();
  }
  expect(upstream.requests).toHaveLength(12);
  const keys = new Set(upstream.requests.map(({ headers }) => headers['authorization']));
  expect(keys.size).toBe(1);
});
