import { describe, expect, it } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { sampleStatus } from '../../testing/samples.ts';
import { createEventRouter } from './event-router.ts';
import { Unreachable, type Fetch } from './http-answer.ts';
import { createHttpRpc } from './http-rpc.ts';
import { Cancelled } from './rpc.ts';
import { createSession } from './session.ts';

type Handler = (path: string, init: RequestInit) => Response | Promise<Response>;

const json = (status: number, body: unknown): Response => Response.json(body, { status });
const ok = (data: unknown): Response => json(200, { ok: true, data });
const failed = (status: number, code: string): Response =>
  json(status, { ok: false, error: { code, message: `said ${code}` } });
const csrfOf = (init: RequestInit): string | null => new Headers(init.headers).get('x-switchyard-csrf');

function setUp(handle: Handler) {
  const paths: string[] = [];
  let loggedOut = 0;
  const fetch: Fetch = async (path, init) => {
    paths.push(path);
    return handle(path, init);
  };
  const session = createSession(fetch);
  const rpc = createHttpRpc({
    fetch,
    session,
    events: createEventRouter(),
    onUnauthenticated: () => void (loggedOut += 1),
  });
  return { rpc, session, paths, loggedOut: () => loggedOut };
}

describe('calls', () => {
  it('carry the CSRF token, which is asked for once', async () => {
    const { rpc, paths } = setUp((path, init) => {
      if (path === '/admin/session') return ok({ csrf: 'c1' });
      expect(csrfOf(init)).toBe('c1');
      expect(init.body).toBe('{}');
      return ok(sampleStatus());
    });
    expect(await rpc.call('gateway.status', {})).toEqual(sampleStatus());
    await rpc.call('gateway.status', {});
    expect(paths).toEqual(['/admin/session', '/admin/rpc/gateway.status', '/admin/rpc/gateway.status']);
  });

  it('fetch a new CSRF token once when theirs is refused', async () => {
    let token = 0;
    const { rpc } = setUp((path, init) => {
      if (path === '/admin/session') return ok({ csrf: `c${(token += 1)}` });
      return csrfOf(init) === 'c2' ? ok({ deleted: 3 }) : failed(403, 'forbidden');
    });
    expect(await rpc.call('requests.clear', {})).toEqual({ deleted: 3 });
  });

  it('tell of a refusal that stays', async () => {
    const { rpc, paths } = setUp((path) =>
      path === '/admin/session' ? ok({ csrf: 'c' }) : failed(403, 'forbidden'),
    );
    await expect(rpc.call('requests.clear', {})).rejects.toMatchObject({ code: 'forbidden' });
    expect(paths).toHaveLength(4);
  });

  it('ask for a log-in wherever a 401 comes from', async () => {
    const { rpc, loggedOut } = setUp(() => failed(401, 'unauthenticated'));
    await expect(rpc.call('gateway.status', {})).rejects.toBeInstanceOf(RpcError);
    expect(loggedOut()).toBe(1);
  });

  it('pass on code, sentence and field', async () => {
    const { rpc } = setUp((path) =>
      path === '/admin/session'
        ? ok({ csrf: 'c' })
        : json(409, { ok: false, error: { code: 'conflict', message: 'There is one.', field: 'id' } }),
    );
    await expect(rpc.call('providers.add', { id: 'x' })).rejects.toMatchObject({
      code: 'conflict',
      message: 'There is one.',
      field: 'id',
    });
  });

  it.each([
    ['silence', () => Promise.reject(new TypeError('fetch failed'))],
    ['a page of somebody else', () => new Response('<html>502</html>', { status: 502 })],
    ['JSON of somebody else', () => json(200, { message: 'hi' })],
    ['null', () => json(200, null)],
  ])('call %s unreachable', async (_name, handle: Handler) => {
    const { rpc } = setUp(handle);
    await expect(rpc.call('gateway.status', {})).rejects.toBeInstanceOf(Unreachable);
  });
});

describe('log-in', () => {
  const token = 'a'.repeat(43);
  const bodyOf = (init: RequestInit): string => (typeof init.body === 'string' ? init.body : '');

  it('sends what looks like a token as one, and keeps the CSRF token of the answer', async () => {
    const { session, paths } = setUp((_path, init) => {
      expect(bodyOf(init)).toBe(JSON.stringify({ token }));
      return ok({ csrf: 'c9' });
    });
    await session.logIn(token);
    expect(await session.headers()).toEqual({ 'x-switchyard-csrf': 'c9' });
    expect(paths).toEqual(['/admin/login']);
  });

  it('tries a password that looks like a token as a password too', async () => {
    const { session } = setUp((_path, init) =>
      bodyOf(init).includes('password') ? ok({ csrf: 'c' }) : failed(401, 'unauthenticated'),
    );
    await expect(session.logIn(token)).resolves.toBeUndefined();
  });

  it('sends anything else as the password, once', async () => {
    const { session, paths } = setUp(() => failed(401, 'unauthenticated'));
    await expect(session.logIn('secret')).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(paths).toHaveLength(1);
  });

  it('does not try again when it must wait', async () => {
    const { session, paths } = setUp(() => failed(429, 'locked'));
    await expect(session.logIn(token)).rejects.toMatchObject({ code: 'locked' });
    expect(paths).toHaveLength(1);
  });
});

describe('calls that tell how far they are', () => {
  const streamed = (pieces: readonly string[]): Response =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
          controller.close();
        },
      }),
      { headers: { 'content-type': 'text/event-stream' } },
    );
  const CATALOGUE = { models: [], lists: [], aliases: [], pricesAsOf: null };
  const follow = async (answer: () => Response) => {
    const told: unknown[] = [];
    const { rpc } = setUp((path) => (path === '/admin/session' ? ok({ csrf: 'c' }) : answer()));
    const result = rpc.follow('models.refresh', {}, (progress) => told.push(progress));
    return { told, result: await result.catch((error: unknown) => error) };
  };

  it('hear it in order, however the bytes are cut', async () => {
    const text = `data: {"progress":{"done":1,"of":2}}\n\n: \n\ndata: {"progress":{"done":2,"of":2}}\n\ndata: ${JSON.stringify({ result: { ok: true, data: CATALOGUE } })}\n\n`;
    for (const size of [1, 7, text.length]) {
      const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      expect(await follow(() => streamed(pieces))).toEqual({
        told: [
          { done: 1, of: 2 },
          { done: 2, of: 2 },
        ],
        result: CATALOGUE,
      });
    }
  });

  it('fail when the stream breaks off before its result', async () => {
    const { told, result } = await follow(() => streamed(['data: {"progress":{"done":1,"of":2}}\n\n']));
    expect(told).toHaveLength(1);
    expect(result).toBeInstanceOf(Unreachable);
  });

  it('fail as the gateway says, in the stream or before it', async () => {
    const error = { code: 'conflict', message: 'no' };
    const inside = await follow(() =>
      streamed([`data: ${JSON.stringify({ result: { ok: false, error } })}\n\n`]),
    );
    expect(inside.result).toMatchObject(error);
    expect((await follow(() => failed(404, 'not_found'))).result).toMatchObject({ code: 'not_found' });
  });

  it('are cancelled, not failed, when they are taken back', async () => {
    const controller = new AbortController();
    const { rpc } = setUp((path) => {
      if (path === '/admin/session') return ok({ csrf: 'c' });
      controller.abort();
      throw new DOMException('gone', 'AbortError');
    });
    const call = rpc.follow('models.refresh', {}, () => undefined, controller.signal);
    await expect(call).rejects.toBeInstanceOf(Cancelled);
  });
});
