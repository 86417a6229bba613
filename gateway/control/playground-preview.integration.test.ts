/** What a preview shows is what is sent, word for word. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChatParameters, ChatPart } from '../../contract/rpc/procedures/playground.ts';
import { englishOf } from '../testing/english-of.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';
import { createToldCall } from '../testing/told-call.ts';

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

/** A chat is sent and refused, the provider naming `parameter` where that stands in the request; then it is previewed. */
async function sendAndLook(more: string, parameters: ChatParameters, parameter = 'nothing', model = 'one/m') {
  upstream.script((request) => {
    const named = request.body.toString().includes(`"${parameter}"`);
    const message = named
      ? `Unsupported parameter: '${parameter}' is not supported with this model. Use 'max_completion_tokens' instead.`
      : 'no';
    request.json(400, { error: { message, type: 'invalid_request_error', code: 'x' } });
  });
  gateway = await startTestGateway(
    `providers:\n${providerYaml('one', upstream.url, [KEY_ONE], more)}` +
      `  - { id: anthropic, base_url: "${upstream.url}", allow_private_network: true, models: [m], keys: [{ id: k1, value: ${KEY_ONE} }] }\n` +
      'routing: { retries: 0 }\n',
  );
  const { handlers } = gateway.gateway.control;
  const chat = { model, messages: [{ role: 'user' as const, text: 'Hi' }], parameters };
  await handlers['playground.chat'](chat, createToldCall<ChatPart>());
  const preview = await handlers['playground.preview'](chat);
  const sent: unknown = JSON.parse(upstream.requests.at(-1)?.body.toString() ?? '');
  const shown: unknown = JSON.parse(preview.body);
  return { preview, sent, shown };
}

it("shows all that is sent in the client's own format", async () => {
  const { sent, shown } = await sendAndLook('', { maxTokens: 9, temperature: 0.5 });
  expect(shown).toEqual(sent);
  expect(shown).toMatchObject({ max_tokens: 9, stream_options: { include_usage: true } });
});

it('asks for no count where the provider is not to be asked for it', async () => {
  const { sent, shown } = await sendAndLook(', request_usage: false', {});
  expect(shown).toEqual(sent);
  expect(shown).not.toHaveProperty('stream_options');
});

it('shows all that is sent in another format', async () => {
  const { sent, shown } = await sendAndLook('', { maxTokens: 9 }, undefined, 'anthropic/m');
  expect(shown).toEqual(sent);
});

it('knows the name that the model wants for the limit, and says so', async () => {
  const { preview, sent, shown } = await sendAndLook('', { maxTokens: 9 }, 'max_tokens');
  expect(shown).toEqual(sent);
  expect(shown).toMatchObject({ max_completion_tokens: 9 });
  expect(englishOf(preview.warnings).join(' ')).toContain('max_completion_tokens');
});

it('knows it too where requests of this provider are not mended', async () => {
  const { sent, shown } = await sendAndLook(', repair_parameters: false', { maxTokens: 9 }, 'max_tokens');
  expect(shown).toEqual(sent);
  expect(shown).toMatchObject({ max_completion_tokens: 9 });
});

it('leaves out what the model was found not to take, and offers it no longer', async () => {
  const { preview, sent, shown } = await sendAndLook('', { temperature: 0.5 }, 'temperature');
  expect(shown).toEqual(sent);
  expect(shown).not.toHaveProperty('temperature');
  expect(preview.ignored).toContain('temperature');
});
