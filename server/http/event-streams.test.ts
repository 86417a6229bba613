import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSteppedClock } from '../../gateway/testing/clock.ts';
import { serveRoutes } from '../../gateway/testing/serve-routes.ts';
import type { ServedRoutes } from '../../gateway/testing/serve-routes.ts';
import type { EventMessage } from '../../contract/rpc/events.ts';
import { createSessionCookie } from '../auth/cookie.ts';
import { createSessions, IDLE_LIMIT } from '../auth/sessions.ts';
import { createFakeControl } from '../testing/fake-control.ts';
import type { FakeControl, FakeSubscription } from '../testing/fake-control.ts';
import { createEventStreams } from './event-streams.ts';
import type { EventStreams } from './event-streams.ts';
import { sessionOf } from './session-routes.ts';

let clock = createSteppedClock();
let control: FakeControl;
let sessions: ReturnType<typeof createSessions>;
let streams: EventStreams;
let served: ServedRoutes;
let cookie = '';
const NAMED = createSessionCookie('here');

beforeEach(async () => {
  clock = createSteppedClock();
  control = createFakeControl();
  sessions = createSessions({ clock, credential: () => '' });
  streams = createEventStreams({ sessions, clock });
  served = await serveRoutes([streams.route(control)], {
    sessionOf: (incoming) => sessionOf(sessions, NAMED, incoming),
  });
  cookie = sessions.open();
});
afterEach(() => served.close());

/** An open stream with the text that came so far. */
async function open(query: string): Promise<{ response: IncomingMessage; text: () => string }> {
  const headers = { cookie: NAMED.begin(cookie, false) };
  const sent = request({ port: served.port, path: `/admin/rpc/events${query}`, headers });
  sent.end();
  const response = await new Promise<IncomingMessage>((resolve) => sent.once('response', resolve));
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => (text += chunk));
  response.on('error', () => undefined);
  return { response, text: () => text };
}

/** Waits until the text holds what is looked for. */
async function until(stream: Awaited<ReturnType<typeof open>>, what: string): Promise<void> {
  while (!stream.text().includes(what)) await once(stream.response, 'data');
}

function only(): FakeSubscription {
  const [subscription] = control.subscriptions;
  if (subscription === undefined || control.subscriptions.length > 1) throw new Error('not one subscription');
  return subscription;
}

const cleared = (number: number): EventMessage => ({ number, topic: 'requests.cleared', data: null });

describe('a stream of events', () => {
  it('delivers the topics asked for, one event in one block', async () => {
    const stream = await open('?topics=requests.changed,requests.cleared');
    expect(stream.response.headers['content-type']).toBe('text/event-stream');
    expect(only().topics).toEqual(['requests.changed', 'requests.cleared']);
    expect(only().deliver(cleared(1))).toBe(true);
    await until(stream, 'data: {"number":1,"topic":"requests.cleared","data":null}\n\n');
  });

  it.each(['', '?topics=', '?topics=nothing.known', '?topics=requests.cleared,constructor'])(
    'is refused for %j with the topics there are',
    async (query) => {
      const { response, text } = await open(query);
      await once(response, 'end');
      expect(response.statusCode).toBe(400);
      expect(text()).toContain('requests.changed');
    },
  );

  it('is refused without a session', async () => {
    cookie = 'x';
    expect((await open('?topics=requests.cleared')).response.statusCode).toBe(401);
    expect(control.subscriptions).toEqual([]);
  });

  it('asks for no more while the reader is behind, and goes on when it has caught up', async () => {
    const { response } = await open('?topics=requests.changed');
    response.pause();
    const filler = { number: 1, topic: 'requests.changed', data: [] } as const;
    const large: EventMessage = { ...filler, data: Array.from({ length: 200 }, () => row) };
    while (only().deliver(large));
    expect(only().resumed).toBe(0);
    response.resume();
    while (only().resumed === 0) await once(response, 'data');
    expect(only().deliver(cleared(2))).toBe(true);
  });

  it('shows every 15 seconds that it is alive', async () => {
    const stream = await open('?topics=requests.cleared');
    await until(stream, ': open');
    clock.step(15_000);
    await until(stream, '\n\n: \n\n');
  });

  it('is closed when nobody reads for two heartbeats', async () => {
    const { response } = await open('?topics=requests.changed');
    response.pause();
    const large: EventMessage = {
      number: 1,
      topic: 'requests.changed',
      data: Array.from({ length: 200 }, () => row),
    };
    // Past what the system's buffers take by themselves.
    for (let count = 0; count < 400; count += 1) only().deliver(large);
    clock.step(15_000);
    expect(only().closed).toBe(false);
    clock.step(15_000);
    expect(only().closed).toBe(true);
    response.destroy();
  });

  it.each([
    ['log-out', () => sessions.end(sessions.find(cookie)?.id ?? '')],
    ['shutdown', () => streams.close()],
    ['twelve idle hours', () => clock.step(IDLE_LIMIT + 15_000)],
  ])('ends at %s, and nothing is written after', async (_case, happen) => {
    const stream = await open('?topics=requests.cleared');
    const ended = once(stream.response, 'end');
    stream.response.resume();
    happen();
    await ended;
    expect(only().closed).toBe(true);
  });

  it('lets go of its subscription when the reader leaves', async () => {
    const { response } = await open('?topics=requests.cleared');
    response.destroy();
    while (!only().closed) await new Promise((resolve) => setImmediate(resolve));
    clock.step(60_000);
    expect(control.subscriptions).toHaveLength(1);
  });
});

const row = {
  id: 'req_1',
  sequence: 1,
  startedAt: 0,
  outcome: 'ok',
  status: 200,
  errorCode: null,
  client: null,
  app: null,
  dialect: 'openai-chat',
  modelAsked: 'm'.repeat(200),
  modelServed: null,
  provider: null,
  streamed: false,
  attemptCount: 1,
  firstContentAt: null,
  doneAt: 1,
  tokens: null,
  tokensEstimated: false,
  finishReason: null,
  keyId: null,
  tools: false,
  conversation: null,
  cost: null,
  demo: false,
} as const;
