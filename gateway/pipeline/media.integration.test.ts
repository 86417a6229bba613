/** Images by address against a whole gateway, whose upstream takes them inline only. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseJson } from '../core/json.ts';
import type { MediaFetch } from '../core/media-fetch.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const PNG = Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1');
let upstream: FakeUpstream;
let gateway: TestGateway | undefined;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script((asked) =>
    asked.json(200, {
      candidates: [
        { content: { role: 'model', parts: [{ text: 'a cat' }] }, finishReason: 'STOP', index: 0 },
      ],
      usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 2, totalTokenCount: 7 },
    }),
  );
});
afterEach(async () => {
  await gateway?.stop();
  await upstream.close();
});

async function ask(url: string, media?: MediaFetch): Promise<Response> {
  const base = upstream.url.replace(/\/v1$/, '');
  gateway = await startTestGateway(
    `providers:\n  - { id: google, base_url: "${base}", allow_private_network: true, models: [m], keys: [{ id: k1, value: ${KEY_ONE} }] }\n`,
    media === undefined ? {} : { media },
  );
  const content = [
    { type: 'text', text: 'what is it?' },
    { type: 'image_url', image_url: { url } },
  ];
  return gateway.chat({ model: 'google/m', messages: [{ role: 'user', content }] });
}

it('images are sent along', async () => {
  const answer = await ask('https://pictures.example/cat', () =>
    Promise.resolve({ mediaType: '', bytes: PNG }),
  );
  expect(await answer.json()).toMatchObject({ choices: [{ message: { content: 'a cat' } }] });
  expect(parseJson(upstream.requests[0]?.body.toString() ?? '')).toMatchObject({
    contents: [{ parts: [{}, { inlineData: { mimeType: 'image/png', data: PNG.toString('base64') } }] }],
  });
});

it.each([
  'http://127.0.0.1:PORT/x?token=secret',
  'http://[::ffff:127.0.0.1]:PORT/x?token=secret',
  'http://2130706433:PORT/x?token=secret',
])('are not fetched from the gateway’s own machine, although its provider is: %s', async (address) => {
  const answer = await ask(address.replace('PORT', String(upstream.port)));
  expect(answer.status).toBe(400);
  const text = await answer.text();
  expect(parseJson(text)).toMatchObject({ error: { code: 'media_refused' } });
  expect(text).toContain(`:${upstream.port}: it is no public address`);
  expect(text).not.toContain('secret');
  expect(upstream.requests).toEqual([]);
  expect((await gateway?.rows(1))?.[0]).toMatchObject({ errorCode: 'media_refused', attemptCount: 0 });
});
