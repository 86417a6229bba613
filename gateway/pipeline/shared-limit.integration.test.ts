/** Row 43 of the fault list, as far as one process goes: many requests at once share what one key may send. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK } from '../testing/openai-wire.ts';
import { KEY_ONE, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const LIMIT = 40;

let upstream: FakeUpstream;
let gateway: TestGateway;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
  gateway = await startTestGateway(`models:
  - { id: first, targets: [{ model: one/m }] }
  - { id: second, targets: [{ model: one/m }] }
providers:
  - { id: one, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, models: [m], keys: [{ id: k1, value: ${KEY_ONE}, rpm: ${LIMIT} }] }
`);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

it('43: 200 requests a second over two aliases pass a limit of their one key by none', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      gateway.chat({ ...ASK, model: index % 2 === 0 ? 'first' : 'second' }),
    ),
  );
  await Promise.all(answers.map((answer) => answer.text()));
  const count = (status: number): number => answers.filter((answer) => answer.status === status).length;
  expect([count(200), count(429), upstream.requests.length]).toEqual([LIMIT, 200 - LIMIT, LIMIT]);
});
