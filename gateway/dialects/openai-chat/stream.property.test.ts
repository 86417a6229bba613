import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEventFramer } from '../../transport/sse.ts';
import { observeStream } from './stream.ts';

const LINE_ENDS = ['\n', '\r\n', '\r'];
const PAYLOADS = [
  '{"choices":[{"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}',
  '{"model":"m","choices":[{"delta":{"content":"é😀 \\"usage\\":{ [DONE]"},"finish_reason":null}]}',
  '{"choices":[{"delta":{"tool_calls":[{"index":0}]}}]}',
  '{"choices":[{"delta":{},"finish_reason":"stop"}]}',
  '{"choices": [], "usage" : {"prompt_tokens": 3, "completion_tokens": 4}}',
  '{"choices":[{"delta":{},"finish_reason":"length"}],"usage":{"prompt_tokens":5,"completion_tokens":6}}',
  '{"choices":[],"prompt_filter_results":[]}',
  '{"error":{"message":"broken"}}',
  'not json',
  '[DONE]',
];

const event = fc
  .tuple(fc.constantFrom(...PAYLOADS), fc.constantFrom(...LINE_ENDS), fc.boolean())
  .map(([payload, end, space]) => `data:${space ? ' ' : ''}${payload}${end}${end}`);
const comment = fc.constantFrom(': ping\n\n', ':\r\n\r\n', '\n', ': one\rdata: {"choices":[]}\r\r');
const stream = fc.array(fc.oneof({ weight: 4, arbitrary: event }, comment), { maxLength: 14 });

/** A withheld event cut between its last CR and LF leaves that LF behind: a blank line, which means nothing. */
const withoutBlankLines = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/\n{2,}/g, '\n\n')
    .trimStart();

/** Everything the pipeline learns of a stream, however it was cut on the way. */
function follow(bytes: Buffer, cuts: readonly number[], withholdUsage: boolean) {
  const framer = createEventFramer();
  const observer = observeStream({ withholdUsage });
  const relayed: Uint8Array[] = [];
  const errors: string[] = [];
  let content = false;
  let complete = false;
  let from = 0;
  for (const to of [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)) {
    const events = framer.push(bytes.subarray(from, to));
    from = to;
    if (events === null) continue;
    const seen = observer.observe(events);
    relayed.push(seen.relay, seen.errorBytes ?? Buffer.alloc(0));
    if (seen.error !== null) errors.push(seen.error.message);
    content ||= seen.content;
    complete ||= seen.complete;
  }
  expect(framer.rest()).toBeNull();
  const relay = Buffer.concat(relayed).toString();
  if (!withholdUsage) expect(relay).toBe(bytes.toString());
  return { relay: withoutBlankLines(relay), content, complete, facts: observer.facts(), error: errors[0] };
}

test('any split of a stream gives the same bytes and the same facts', () => {
  fc.assert(
    fc.property(stream, fc.array(fc.nat(), { maxLength: 30 }), fc.boolean(), (events, cuts, withhold) => {
      const bytes = Buffer.from(events.join(''));
      const split = follow(bytes, cuts, withhold);
      const whole = follow(bytes, [], withhold);
      // Content behind an error counts from the next run on, so only streams without one agree on it.
      if (whole.error === undefined) expect(split).toEqual(whole);
      expect({ ...split, content: null }).toEqual({ ...whole, content: null });
    }),
    { numRuns: 500 },
  );
});

test('byte by byte nothing changes', () => {
  const bytes = Buffer.from(PAYLOADS.map((payload) => `data: ${payload}\r\n\r\n`).join(''));
  const single = Array.from(bytes.keys());
  expect(follow(bytes, single, true)).toEqual({ ...follow(bytes, [], true), content: true });
});
