/** The test of a model: one real, short request. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chunk, DONE } from '../testing/openai-wire.ts';
import { bodyOf, openPlayground, type PlaygroundHost } from '../testing/playground-chat.ts';
import { createToldCall } from '../testing/told-call.ts';

let host: PlaygroundHost;
beforeEach(async () => {
  host = await openPlayground();
});
afterEach(() => host.stop());

describe('the test of a model', () => {
  it('is one real, short request, and tells what the model writes', async () => {
    host.upstream.script((request) =>
      request.sse([chunk({ content: 're' }), chunk({ content: 'ady' }, 'stop'), DONE]),
    );
    const of = await host.start();
    const call = createToldCall<{ readonly text: string }>();
    const test = await of.gateway.control.handlers['providers.test']({ provider: 'one', model: 'm' }, call);
    expect(test).toMatchObject({
      ok: true,
      model: 'm',
      status: 200,
      text: 'ready',
      keyFingerprint: '…1111',
      error: null,
    });
    expect(call.told.map(({ text }) => text).join('')).toBe('ready');
    expect(bodyOf(host.upstream.requests[0])).toMatchObject({ max_tokens: 16, stream: true });
    expect(host.upstream.requests).toHaveLength(1);
    expect((await of.rows(1))[0]).toMatchObject({ id: test.requestId, app: 'Switchyard model test' });
  });

  it('says why it failed, and that a provider is not there', async () => {
    host.upstream.script((request) =>
      request.json(402, { error: { message: 'Insufficient balance', code: 402 } }),
    );
    const of = await host.start('routing: { retries: 0 }\n');
    const call = createToldCall<{ readonly text: string }>();
    const test = await of.gateway.control.handlers['providers.test']({ provider: 'one', model: 'm' }, call);
    expect(test).toMatchObject({ ok: false, text: '', firstContentAt: null });
    expect(test.error?.message).toContain('Insufficient balance');
    expect(await of.call('providers.test', { provider: 'two', model: 'm' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });
});
