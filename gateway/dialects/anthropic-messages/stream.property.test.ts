import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { readEvent, splitEvents } from '../../core/sse.ts';
import { createEventFramer } from '../../transport/sse.ts';
import { decodeStream } from './decode-stream.ts';
import { observeStream } from './stream.ts';

const LINE_ENDS = ['\n', '\r\n', '\r'];
const PAYLOADS: readonly (readonly [name: string, data: string])[] = [
  [
    'message_start',
    '{"type":"message_start","message":{"id":"m","model":"c","usage":{"input_tokens":3}}}   ',
  ],
  ['ping', '{"type": "ping"}'],
  [
    'content_block_start',
    '{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}',
  ],
  [
    'content_block_delta',
    '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"é😀 \\"message_stop\\""}}',
  ],
  ['content_block_stop', '{"type":"content_block_stop","index":0}'],
  [
    'content_block_start',
    '{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}',
  ],
  [
    'content_block_delta',
    '{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}',
  ],
  [
    'content_block_start',
    '{"type":"content_block_start","index":2,"content_block":{"type":"redacted_thinking","data":"D"}}',
  ],
  [
    'message_delta',
    '{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":4}}',
  ],
  ['error', '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'],
  ['odd', 'not json'],
  ['message_stop', '{"type":"message_stop"}'],
];

const event = fc
  .tuple(fc.constantFrom(...PAYLOADS), fc.constantFrom(...LINE_ENDS), fc.boolean())
  .map(([[name, data], end, named]) => `${named ? `event: ${name}${end}` : ''}data: ${data}${end}${end}`);
const comment = fc.constantFrom(': ping\n\n', ':\r\n\r\n', '\n');
const stream = fc.array(fc.oneof({ weight: 5, arbitrary: event }, comment), { maxLength: 14 });

/** Everything the pipeline learns of a stream, however it was cut on the way. */
function follow(bytes: Buffer, cuts: readonly number[]) {
  const framer = createEventFramer();
  const observer = observeStream();
  const decoder = decodeStream();
  const relayed: Uint8Array[] = [];
  const parts: StreamPart[] = [];
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
    for (const one of splitEvents(events).events) parts.push(...decoder.decode(readEvent(one)));
  }
  parts.push(...decoder.end());
  expect(Buffer.concat(relayed).equals(bytes)).toBe(true);
  return { parts, whole: decoder.complete, content, complete, facts: observer.facts(), error: errors[0] };
}

test('any cut of a stream gives the same bytes, the same facts and the same parts', () => {
  fc.assert(
    fc.property(stream, fc.array(fc.nat(), { maxLength: 30 }), (events, cuts) => {
      const bytes = Buffer.from(events.join(''));
      const split = follow(bytes, cuts);
      const whole = follow(bytes, []);
      // Content behind an error counts from the next run on, so only streams without one agree on it.
      const seen = whole.error === undefined ? {} : { content: null };
      expect({ ...split, ...seen }).toEqual({ ...whole, ...seen });
    }),
    { numRuns: 300 },
  );
});
