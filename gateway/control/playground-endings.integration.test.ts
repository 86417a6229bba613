/** Chats of the playground that fail, break off or are stopped. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chunk } from '../testing/openai-wire.ts';
import { ask, chatCall, wordsOf, openPlayground, type PlaygroundHost } from '../testing/playground-chat.ts';
import { KEY_ONE } from '../testing/test-gateway.ts';

let host: PlaygroundHost;
beforeEach(async () => {
  host = await openPlayground();
});
afterEach(() => host.stop());

describe('a failure', () => {
  it('before content is the sentence of the gateway with its code', async () => {
    host.upstream.script((request) =>
      request.json(401, {
        error: { message: `Incorrect API key provided: ${KEY_ONE}`, code: 'invalid_api_key' },
      }),
    );
    const of = await host.start('routing: { retries: 0 }\n');
    const end = await ask(of, chatCall());
    expect(end).toMatchObject({ outcome: 'error', status: 502, provider: 'one', firstContentAt: null });
    expect(end.error?.code).toBe('upstream_credentials_rejected');
    expect(end.error?.message).toContain('…1111');
    expect(JSON.stringify(end)).not.toContain(KEY_ONE);
  });

  it('of routing names what is there', async () => {
    const of = await host.start();
    const end = await ask(of, chatCall(), {}, 'one/n');
    expect(end).toMatchObject({ outcome: 'error', status: 404, provider: null, keyFingerprint: null });
    expect(end.error).toMatchObject({
      code: 'model_not_found',
      message: expect.stringContaining('one/m'),
      told: { code: 'model-unknown-near', values: { model: '"one/n"', names: 'one/m' } },
    });
  });

  it('to reach anybody is told as data: who, why and what can be done', async () => {
    const of = await host.start();
    await host.upstream.close();
    const end = await ask(of, chatCall());
    const { code, told } = end.error ?? {};
    expect(code).toBe('upstream_unreachable');
    const [first, last] = [told?.parts?.at(0), told?.parts?.at(-1)];
    expect(first?.reason).toMatchObject({
      code: 'key-said',
      values: { provider: 'one', key: '…1111' },
      reason: { code: 'connection-refused' },
    });
    expect(last?.code).toBe('advice-unreachable');
    expect(end.error?.message).toBe(told?.text);
  });

  it('after content keeps what came and says what broke', async () => {
    host.upstream.script((request) =>
      request.sse([
        chunk({ content: 'half' }),
        'data: {"error":{"message":"overloaded","code":"server_error"}}\n\n',
      ]),
    );
    const call = chatCall();
    const end = await ask(await host.start(), call);
    expect(wordsOf(call, 'text-delta')).toBe('half');
    expect(end).toMatchObject({ outcome: 'error', status: 200, keyFingerprint: '…1111' });
    expect(end.error?.message).toContain('overloaded');
  });

  it('of a stream that ends without its terminator is a cut, never a good end', async () => {
    host.upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(chunk({ content: 'half' }) + chunk({}, 'stop'));
      request.cut();
    });
    const end = await ask(await host.start(), chatCall());
    expect(end).toMatchObject({ outcome: 'cut', error: { code: 'upstream_cut' } });
  });

  it('of an answer without an end is bounded, and its upstream closed', async () => {
    const piece = chunk({ content: 'x'.repeat(500_000) });
    host.upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      for (let count = 0; count < 20; count += 1) request.write(piece);
    });
    const end = await ask(await host.start(), chatCall());
    expect(end).toMatchObject({ outcome: 'cut', error: { code: 'answer_too_long' } });
    await host.upstream.requests[0]?.closed;
  });

  it('of a body that is too large is told like any other', async () => {
    const of = await host.start();
    const end = await of.gateway.control.handlers['playground.chat'](
      {
        model: 'one/m',
        messages: Array.from({ length: 9 }, () => ({ role: 'user', text: 'x'.repeat(4_000_000) })),
        parameters: {},
      },
      chatCall(),
    );
    expect(end).toMatchObject({ outcome: 'error', status: 413, error: { code: 'body_too_large' } });
  });
});

describe('stopping', () => {
  it('closes the upstream at once and ends as stopped', async () => {
    host.upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(chunk({ content: 'word' }));
    });
    const of = await host.start();
    const call = chatCall();
    const ending = ask(of, call);
    await call.until(({ kind }) => kind === 'text-delta');
    call.cancel();
    const [request] = host.upstream.requests;
    // Resolves only when the gateway has hung up: this upstream never ends by itself.
    await request?.closed;
    expect(await ending).toMatchObject({
      outcome: 'stopped',
      provider: 'one',
      keyFingerprint: '…1111',
      error: null,
    });
    expect((await of.rows(1))[0]).toMatchObject({ outcome: 'client-left' });
  });

  it('before the upstream answered, or before anything was sent', async () => {
    host.upstream.script((request) => request.hang());
    const of = await host.start();
    const call = chatCall();
    const ending = ask(of, call);
    const request = await host.upstream.nextRequest();
    call.cancel();
    await request.closed;
    expect(await ending).toMatchObject({ outcome: 'stopped', status: null, firstContentAt: null });

    const gone = chatCall();
    gone.cancel();
    expect(await ask(of, gone)).toMatchObject({ outcome: 'stopped' });
  });

  it('happens by itself when the gateway ends', async () => {
    host.upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(chunk({ content: 'word' }));
    });
    const of = await host.start();
    const call = chatCall();
    const ending = ask(of, call);
    await call.until(({ kind }) => kind === 'text-delta');
    await of.gateway.drain(0);
    expect(await ending).toMatchObject({ outcome: 'cut', error: { code: 'draining' } });
  });
});
