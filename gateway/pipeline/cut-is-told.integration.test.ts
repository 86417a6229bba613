/** Whose stream broke off, and what to do: said in the stream itself. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { chunk } from '../testing/openai-wire.ts';
import {
  KEY_ONE,
  KEY_TWO,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

let first: FakeUpstream;
let second: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  [first, second] = await Promise.all([startFakeUpstream(), startFakeUpstream()]);
  gateway = await startTestGateway(
    `providers:\n${providerYaml('one', first.url, [KEY_ONE])}${providerYaml('two', second.url, [KEY_TWO])}` +
      'models:\n  - { id: both, targets: [{ model: one/m }, { model: two/m }] }\n',
  );
  first.script((request) => request.json(500, { error: { message: 'oops' } }));
  second.script((request) => {
    request.head(200, { 'content-type': 'text/event-stream' });
    request.write(chunk({ role: 'assistant', content: 'half' }));
    request.end();
  });
});
afterEach(async () => {
  await gateway.stop();
  await Promise.all([first.close(), second.close()]);
});

it('after a failover it is the one that answered, not the one before it', async () => {
  const answer = await gateway.chat({
    model: 'both',
    stream: true,
    messages: [{ role: 'user', content: 'hi' }],
  });
  let text = '';
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read())
      text += part.value;
  } catch {
    // The connection ends without the last chunk, on purpose.
  }
  const told = text.slice(text.indexOf('"error"'));
  expect(told).toContain('two key …2222: The stream ended without its terminator.');
  expect(told).toContain('Send the request again.');
  expect(told).not.toContain('one key …1111: The stream');
  expect(text).not.toContain('[DONE]');
});
