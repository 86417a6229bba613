/** That a log keeps bodies, reads them, and takes secrets out. */
import { expect, it } from 'vitest';
import type { RequestLog } from '../../core/log-store.ts';
import { capture, NO_BODIES, requestRow } from '../request-row.ts';

const SECRET = 'sk-live-0123456789/abc';

/** @param log the empty log of the test that runs */
export function itKeepsBodies(log: () => RequestLog): void {
  it('keeps bodies as text, whatever the chunks were', async () => {
    const euro = Buffer.from('€');
    log().finish(requestRow({ sequence: 1 }), {
      request: capture('{"a":', euro.subarray(0, 1), euro.subarray(1), '}'),
      response: { ...capture('data: [DONE]\n\n'.repeat(100)), bytes: 9_000, truncated: true },
    });
    expect(await log().body('req_1', 'request')).toEqual({ state: 'stored', text: '{"a":€}', bytes: 9 });
    expect(await log().body('req_1', 'response')).toEqual({
      state: 'truncated',
      text: 'data: [DONE]\n\n'.repeat(100),
      bytes: 9_000,
    });
    expect(await log().body('req_none', 'request')).toBeUndefined();
  });

  it('tells what a stream said, and its events with their times', async () => {
    const events = ['One ', 'two.'].map((text) => `data: {"choices":[{"delta":{"content":"${text}"}}]}\n\n`);
    const [first = '', second = ''] = events;
    const response = {
      ...capture(...events),
      stream: { head: 1_000, times: [12.5, first.length, 20, first.length + second.length] },
    };
    log().finish(requestRow({ sequence: 1 }), { request: null, response });
    expect(await log().answer('req_1')).toEqual({ text: 'One two.', reasoning: '', calls: [] });
    expect(await log().events({ id: 'req_1', from: 0, limit: 1 })).toEqual({
      total: 2,
      state: 'stored',
      events: [{ at: 13, text: first }],
    });
    expect(await log().events({ id: 'req_1', from: 1, limit: 5 })).toMatchObject({
      events: [{ at: 20, text: second }],
    });
    expect(await log().answer('req_none')).toBeUndefined();
    expect(await log().events({ id: 'req_none', from: 0, limit: 1 })).toBeUndefined();
  });

  it('gives the requests of one conversation one name', async () => {
    const said = ['first question', 'answer', 'second question'];
    const body = (count: number, ...others: readonly string[]) => ({
      request: capture(
        JSON.stringify({
          messages: [...said.slice(0, count), ...others].map((content, at) => ({
            role: at % 2 === 0 ? 'user' : 'assistant',
            content,
          })),
        }),
      ),
      response: null,
    });
    const unnamed = (sequence: number, headers: Readonly<Record<string, string>> = {}) =>
      requestRow({ sequence, conversation: null, requestHeaders: headers });
    log().finish(unnamed(1), body(1));
    log().finish(unnamed(2), body(3));
    log().finish(unnamed(3), body(0, 'another question'));
    log().finish(unnamed(4, { session_id: 's1' }), body(0, 'a'));
    log().finish(unnamed(5, { session_id: 's1' }), NO_BODIES);
    log().finish(unnamed(6), NO_BODIES);
    const { rows } = await log().list({ limit: 10, filter: {} });
    const names = rows.toReversed().map(({ conversation }) => conversation);
    expect(names.map((name) => names.indexOf(name))).toEqual([0, 0, 2, 3, 3, 5]);
    expect(names[0]).toMatch(/^[\w-]{12}$/);
    expect(names[5]).toBeNull();
  });

  it('says of a body that is not kept how long it was', async () => {
    log().finish(requestRow({ sequence: 1, requestBytes: 11, responseBytes: 22 }), NO_BODIES);
    expect(await log().body('req_1', 'request')).toEqual({ state: 'not-kept', text: '', bytes: 11 });
    expect(await log().body('req_1', 'response')).toEqual({ state: 'not-kept', text: '', bytes: 22 });
  });

  it('stores bytes that are no text without failing', async () => {
    const body = capture(Buffer.from([0xff, 0x00, 0x41]));
    log().finish(requestRow({ sequence: 1 }), { request: body, response: null });
    expect(await log().body('req_1', 'request')).toEqual({ state: 'stored', text: '\uFFFD\0A', bytes: 3 });
  });

  it('takes secrets out of rows and bodies, also where a chunk ends inside one', async () => {
    log().redact([SECRET]);
    const [head, tail] = [SECRET.slice(0, 9), SECRET.slice(9)];
    const encoded = [SECRET, encodeURIComponent(SECRET), Buffer.from(`user:${SECRET}`).toString('base64')];
    log().finish(
      requestRow({
        sequence: 1,
        path: `/v1/models?key=${SECRET}`,
        errorMessage: `bad key ${SECRET}`,
        requestHeaders: { authorization: 'Bearer unknown-key', 'x-note': SECRET },
      }),
      { request: capture('{"k":"', head, tail, '"}'), response: capture(encoded.join(' ')) },
    );
    const text = JSON.stringify([
      await log().get('req_1'),
      await log().body('req_1', 'request'),
      await log().body('req_1', 'response'),
    ]);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('unknown-key');
    expect(text).not.toContain(encodeURIComponent(SECRET));
    expect(text).not.toContain(Buffer.from(SECRET).toString('base64').slice(4, 20));
    expect(await log().body('req_1', 'request')).toMatchObject({ text: '{"k":"[redacted]"}', bytes: 30 });
    expect(await log().get('req_1')).toMatchObject({
      errorMessage: 'bad key [redacted]',
      requestHeaders: { authorization: '[redacted]', 'x-note': '[redacted]' },
    });
  });
}
