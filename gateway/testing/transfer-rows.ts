/** Rows of every shape with bodies of every state, for files that carry them. */
import { fullKeys, quoted, remark } from '../../contract/rpc/remarks/remark.ts';
import type { RequestRow } from '../../contract/log/row.ts';
import type { BodyCapture, RowBodies } from '../core/log-store.ts';
import { inOneList, inSentences } from '../core/sayings.ts';
import { capture, NO_BODIES, requestRow } from './request-row.ts';

const FULL = remark('full-key', { provider: 'groq', key: '…a1b2', why: 'max_concurrency' });
const REFUSED = remark('through-proxy', { proxy: 'p' }, remark('connection-refused'));
const TRIED = remark('key-silent', { provider: 'groq', key: '…a1b2', why: 'upstream_unreachable' });
/** As deep as any sentence of the gateway. */
const BROKEN = inSentences([
  remark('one-sentence', {}, remark('key-said', { provider: 'groq', key: '…a1b2' }, REFUSED)),
  remark('tried', { attempts: 2 }, inOneList([TRIED, TRIED])),
  remark('advice-unreachable'),
]);
const [ATTEMPT] = requestRow({ sequence: 0 }).attempts;
const TEXTS: readonly string[] = [
  '{"model":"fast","messages":[{"role":"user","content":"Grüße 🔑 \\"quoted\\" 你好"}]}',
  'data: {"choices":[{"delta":{"content":"a"}}]}\n\ndata: [DONE]\n\n',
  ']}}],"log":{"entries":[{',
  '\u0000\u2028\uFEFF \\ " \'',
  '',
];

const SHAPES: readonly Partial<RequestRow>[] = [
  {},
  {
    outcome: 'error',
    status: 502,
    errorCode: 'upstream_error',
    errorMessage: 'It "failed"\r\n=1+1',
    errorTold: quoted('It "failed"\r\n=1+1'),
  },
  {
    outcome: 'error',
    status: 502,
    errorCode: 'upstream_unreachable',
    errorMessage: BROKEN.text,
    errorTold: BROKEN,
    attempts: ATTEMPT === undefined ? [] : [{ ...ATTEMPT, message: REFUSED.text, told: REFUSED }],
  },
  { outcome: 'client-left', status: 499, doneAt: 80, firstByteAt: null, tokens: null, cost: null },
  { outcome: 'interrupted', status: null, doneAt: null, sentAt: null, connectedAt: null, firstByteAt: null },
  { attempts: [], attemptCount: 0, provider: null, modelServed: null, keyId: null, keyFingerprint: null },
  { path: '/v1/messages?beta=true&a=b%20c&a=', dialect: 'anthropic-messages', cache: 'hit', cost: 0 },
  { method: 'GET', path: '', userAgent: null, client: null, app: '=cmd|calc', requestHeaders: {} },
  {
    attempts:
      ATTEMPT === undefined
        ? []
        : [
            { ...ATTEMPT, result: 'timeout', doneAt: 90 },
            {
              ...ATTEMPT,
              startedAt: 95.5,
              reusedSocket: false,
              connectedAt: 97,
              passedOver: [
                { provider: 'groq', keyFingerprint: '…a1b2', reason: 'rate_limited' },
                { provider: 'ollama', keyFingerprint: null, reason: 'max_concurrency' },
              ],
            },
          ],
    connectedAt: 97,
    sentAt: 98.125,
    attemptCount: 2,
    warnings: [
      quoted('one, "two"'),
      quoted('三'),
      remark('anthropic-seed'),
      remark('not-taken', { name: '"stop"\n', by: '<b>' }),
      remark('provider-keys-unread', { provider: 'groq' }, remark('store-silent', { seconds: 3 })),
      remark('no-room-more', { more: 2 }, fullKeys([FULL, FULL])),
    ],
    startedAt: Date.UTC(2026, 10, 20, 1, 2, 3, 4) + 0.5,
  },
  {
    costDetail: {
      pico: 123_000_000,
      reported: null,
      lines: [{ what: 'input', tokens: 60, rate: 1.25, pico: 75_000_000 }],
      price: {
        source: 'catalogue',
        asOf: '2026-09-23',
        name: 'gpt-5-mini',
        fromTokens: null,
        factor: 1,
        input: 1.25,
        output: 10,
        cacheRead: null,
        cacheWrite: null,
      },
      notes: [{ code: 'service-tier', detail: 'flex' }],
    },
  },
];

const BODIES: readonly RowBodies[] = [
  NO_BODIES,
  ...TEXTS.map((text): RowBodies => ({ request: capture(text), response: capture(text) })),
  { request: capture('{"a":1}'), response: null },
  { request: null, response: { ...capture('{"cut', '":1}'), bytes: 5_000, truncated: true } },
  { request: dropped(70), response: dropped(0) },
];

function dropped(bytes: number): BodyCapture {
  return { chunks: [], bytes, truncated: false, dropped: true, contentType: '' };
}

/** Each shape with each state of bodies; sequences are those that the clock would give. */
export function transferRows(): readonly { readonly row: RequestRow; readonly bodies: RowBodies }[] {
  return SHAPES.flatMap((shape, place) =>
    BODIES.map((bodies, index) => {
      const startedAt = shape.startedAt ?? Date.UTC(2026, 10, 21, 12) + place;
      const sequence = Math.floor(startedAt) * 1_000 + index;
      return { row: requestRow({ ...shape, startedAt, sequence }), bodies };
    }),
  );
}
