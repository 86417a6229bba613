/** All that an upstream, or the client, does in the random scripts, with what the rules make of it. */
import { bad, cut, good, headless, left, lost, refusal, type Deed, type Scene } from './deed.ts';

const SSE = { 'content-type': 'text/event-stream' };
const HTML = { 'content-type': 'text/html' };
const wait = (span: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, span));

function answer({ call, wire, streamed, text }: Scene): void {
  if (!streamed) return call.json(200, wire.whole(text));
  call.sse([wire.opening, wire.piece(text), wire.closing]);
}

function begin({ call, wire, text }: Scene): void {
  call.head(200, SSE);
  call.write(wire.opening + wire.piece(text));
}

/** It asks to be left alone, which is kept to at once. */
const LEFT_ALONE = { 'retry-after': '30' };

const EITHER: readonly Deed[] = [
  good('late', async (scene) => {
    await wait(scene.text.length % 7);
    answer(scene);
  }),
  refusal(400, 'request_rejected', 'return', 'invalid_request_error'),
  refusal(422, 'request_rejected', 'return', 'invalid_request_error'),
  refusal(401, 'key_rejected', 'next-key', 'authentication_error'),
  refusal(402, 'credit_exhausted', 'next-key', 'billing_error'),
  refusal(403, 'forbidden', 'next-key', 'permission_error'),
  refusal(404, 'model_unavailable', 'next-target', 'not_found_error'),
  refusal(408, 'upstream_timeout', 'next-key'),
  refusal(409, 'conflict', 'next-key'),
  refusal(429, 'rate_limited', 'next-key', 'rate_limit_error'),
  refusal(429, 'rate_limited', 'next-key', 'rate_limit_error', { 'retry-after-ms': '30' }),
  refusal(429, 'rate_limited', 'next-key', 'rate_limit_error', { 'retry-after': '1e9' }),
  refusal(500, 'upstream_error', 'next-key'),
  refusal(500, 'upstream_error', 'next-key'),
  refusal(503, 'overloaded', 'next-key', 'overloaded_error'),
  refusal(503, 'overloaded', 'next-key', 'overloaded_error', LEFT_ALONE),
  refusal(529, 'overloaded', 'next-key', 'overloaded_error'),
  bad('a page', 'upstream_error', 'next-key', ({ call, text }) => call.respond(502, HTML, `<p>${text}</p>`)),
  headless('cut before a byte', 'replay', ({ call }) => call.cut()),
  headless('reset before a byte', 'replay', ({ call }) => call.reset()),
  headless('cut in the head', 'next-key', ({ call }) => {
    call.raw('HTTP/1.1 200 OK\r\ncontent-ty');
    call.cut();
  }),
  left('left before the head', ({ leave }) => leave('now')),
];

const WHOLE: readonly Deed[] = [
  ...EITHER,
  lost('cut in the body', ({ call }) => {
    call.raw('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"id":"x"');
    call.cut();
  }),
  bad('not JSON', 'upstream_invalid_response', 'next-key', ({ call }) =>
    call.respond(200, { 'content-type': 'application/json' }, '{"id":"x"'),
  ),
  bad('an error in a good status', 'upstream_error', 'next-key', ({ call, wire, text }) =>
    call.json(200, wire.error(`no ${text}`, 'api_error')),
  ),
];

const STREAM: readonly Deed[] = [
  ...EITHER,
  good('in pieces', async ({ call, wire, text }) => {
    call.head(200, SSE);
    for (const bytes of (wire.opening + wire.piece(text) + wire.closing).match(/[^]{1,90}/g) ?? []) {
      call.write(bytes);
      await wait(1);
    }
    call.end();
  }),
  lost('cut before content', ({ call, wire }) => {
    call.head(200, SSE);
    call.write(wire.opening);
    call.cut();
  }),
  lost('ended before content', ({ call, wire }) => call.sse([wire.opening])),
  bad('an error before content', 'upstream_error', 'next-key', ({ call, wire, text }) =>
    call.sse([wire.opening, wire.errorEvent(`no ${text}`)]),
  ),
  {
    ...bad('silence', 'first_content_timeout', 'next-target', ({ call }) => call.hang()),
    lost: 'waited',
  },
  cut('cut after content', 'upstream_cut', (scene) => {
    begin(scene);
    scene.call.cut();
  }),
  cut('ended without a terminator', 'upstream_cut', (scene) => {
    begin(scene);
    scene.call.end();
  }),
  cut(
    'an error after content',
    'upstream_error',
    (scene) => {
      begin(scene);
      scene.call.write(scene.wire.errorEvent(`no ${scene.text}`));
      scene.call.end();
    },
    'error',
  ),
  cut('stalled after content', 'idle_timeout', begin),
  left('left in the middle', (scene) => {
    scene.leave('with content');
    begin(scene);
  }),
];

const FINE = good('fine', answer);

/** @param random from 0 to 1; every fourth is simply good */
export function drawDeed(streamed: boolean, random: () => number): Deed {
  const deeds = streamed ? STREAM : WHOLE;
  return random() < 0.25 ? FINE : (deeds[Math.floor(random() * deeds.length)] ?? FINE);
}
