import { expect, test } from 'vitest';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { StreamEncoder } from '../../core/client-shape.ts';
import type { StreamDecoder } from '../../core/dialect.ts';
import { GatewayError } from '../../core/errors.ts';
import { translateStream } from './translated-stream.ts';

/** A dialect of words: each event is one, `end` its terminator, `quiet` one that ends with the connection. */
function decoderOf(kind: 'ends' | 'quiet'): StreamDecoder {
  let complete = false;
  return {
    decode({ data }): readonly StreamPart[] {
      if (data === 'end') {
        complete = kind === 'ends';
        return [{ kind: 'finish', reason: 'stop' }];
      }
      if (data === 'bad') {
        return [
          { kind: 'error', error: { status: 529, code: 'busy', type: '', message: 'too busy', details: {} } },
          { kind: 'text-delta', text: 'never' },
        ];
      }
      return data === 'ping' ? [] : [{ kind: 'text-delta', text: data ?? '' }];
    },
    end() {
      complete = kind === 'quiet';
      return [{ kind: 'text-delta', text: '!' }];
    },
    get complete() {
      return complete;
    },
  };
}

const encoder: StreamEncoder = {
  encode: (part) => (part.kind === 'text-delta' ? `<${part.text}>` : `[${part.kind}]`),
  end: () => '.',
  fail: ({ message }) => `?${message}`,
};

function translate(kind: 'ends' | 'quiet') {
  const done: string[] = [];
  const seen: string[] = [];
  const stream = translateStream({
    decoder: decoderOf(kind),
    encoder,
    map: (part) => [part],
    seen: (part) => seen.push(part.kind),
    done: () => done.push('done'),
  });
  const observe = (text: string) => {
    const found = stream.observe(Buffer.from(text));
    return {
      ...found,
      relay: Buffer.from(found.relay).toString(),
      errorBytes: String(found.errorBytes ?? ''),
    };
  };
  return { stream, observe, done, seen };
}

test('each run of events is written at once; the terminator only when the upstream sent its own', () => {
  const { stream, observe, done } = translate('ends');
  expect(observe('data: one\n\n')).toMatchObject({ relay: '<one>', content: true, complete: false });
  expect(observe('data: two\n\ndata: three\n\n')).toMatchObject({ relay: '<two><three>', complete: false });
  expect(done).toEqual([]);
  expect(observe('data: end\n\ndata: late\n\n')).toMatchObject({ relay: '[finish].', complete: true });
  expect(done).toEqual(['done']);
  expect(stream.facts().finishReason).toBe('stop');
});

test('a stream that ends without its terminator never gets ours', () => {
  const { stream, observe, done } = translate('ends');
  observe('data: one\n\n');
  const ended = stream.ended();
  expect([Buffer.from(ended.relay).toString(), ended.complete, done]).toEqual(['<!>', false, []]);
});

test('where the connection is the terminator, its end closes the answer once', () => {
  const { stream, observe, done } = translate('quiet');
  expect(observe('data: end\n\n')).toMatchObject({ complete: false });
  expect(Buffer.from(stream.ended().relay).toString()).toBe('<!>.');
  expect(Buffer.from(stream.ended().relay).toString()).toBe('');
  expect(done).toEqual(['done']);
});

test('an error ends the answer in the client`s words; nothing behind it is written', () => {
  const { observe, done } = translate('ends');
  expect(observe('data: one\n\ndata: bad\n\ndata: two\n\n')).toMatchObject({
    relay: '<one>',
    error: { status: 529, code: 'busy' },
    errorBytes: '?too busy',
    complete: false,
  });
  expect(observe('data: end\n\n')).toMatchObject({ relay: '', error: null, errorBytes: '', complete: false });
  expect(done).toEqual([]);
});

test('comments are no sign of life, pings are; neither is content', () => {
  const { observe } = translate('ends');
  expect(observe(': hm\n\n')).toMatchObject({ alive: false, content: false, relay: '' });
  expect(observe('data: ping\n\n')).toMatchObject({ alive: true, content: false, relay: '' });
});

test('a last event that lacks only its blank line counts', () => {
  const { observe } = translate('ends');
  observe('data: one\n\n');
  expect(observe('data: {"text":"two"}')).toMatchObject({ relay: '<{"text":"two"}>' });
  expect(observe('data: {"text":')).toMatchObject({ relay: '' });
});

test('an event that never ended was never sent', () => {
  const { observe } = translate('ends');
  expect(observe('data: one\n\ndata: half')).toMatchObject({ relay: '<one>', complete: false });
});

test('a failure of the gateway is told in the stream`s own way', () => {
  const { stream } = translate('ends');
  const told = stream.renderError?.(new GatewayError('idle_timeout', 'It stopped.'));
  expect(Buffer.from(told ?? []).toString()).toBe('?It stopped.');
});
