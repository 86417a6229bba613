import { describe, expect, test } from 'vitest';
import { GatewayError } from '../../core/errors.ts';
import { parseJson } from '../../core/json.ts';
import { observeStream } from './stream.ts';

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\r\n\r\n`;
const says = (text: string, more: object = {}): string =>
  event({
    candidates: [{ content: { parts: [{ text }] }, ...more }],
    usageMetadata: { promptTokenCount: 3 },
  });
const END = event({
  candidates: [{ content: { parts: [{ text: '' }] }, finishReason: 'STOP' }],
  usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 4 },
  modelVersion: 'served',
});
const bytes = (text: string): Buffer => Buffer.from(text);

describe('observeStream', () => {
  test('whole only when the body has ended after a finish', () => {
    const observer = observeStream();
    const first = bytes(says('a'));
    expect(observer.observe(first)).toMatchObject({
      relay: first,
      content: true,
      alive: true,
      complete: false,
    });
    expect(observer.observe(bytes(says('b') + END)).complete).toBe(false);
    expect(observer.facts()).toEqual({
      usage: { input: 3, cacheRead: 0, cacheWrite: 0, output: 4, reasoning: 0 },
      finishReason: 'STOP',
      model: 'served',
    });
    expect(observer.ended()).toMatchObject({ complete: true, content: true });
  });

  test('cut off without one it is not whole, and the counts so far are known', () => {
    const observer = observeStream();
    observer.observe(bytes(says('a')));
    observer.observe(bytes(says('b')));
    expect(observer.ended().complete).toBe(false);
    expect(observer.facts().usage?.input).toBe(3);
  });

  test('counts are read from the last event that has some', () => {
    const observer = observeStream();
    observer.observe(bytes(says('a')));
    observer.observe(bytes(event({ candidates: [{}], usageMetadata: { promptTokenCount: 9 } })));
    observer.observe(bytes(event({ candidates: [{ content: { parts: [{ text: 'b' }] } }] })));
    observer.observe(bytes(event({ candidates: [{ finishReason: 'MAX_TOKENS' }] })));
    expect(observer.facts()).toMatchObject({ usage: { input: 9 }, finishReason: 'MAX_TOKENS' });
  });

  test.each([
    ['a thought', { text: 'x', thought: true }, true],
    ['a call', { functionCall: { name: 'f' } }, true],
    ['an image', { inlineData: { mimeType: 'image/png', data: 'AA==' } }, true],
    ['an empty text', { text: '' }, false],
    ['a lone signature', { text: '', thoughtSignature: 'abc' }, false],
  ])('%s', (_, part, content) => {
    const observer = observeStream();
    expect(observer.observe(bytes(event({ candidates: [{ content: { parts: [part] } }] }))).content).toBe(
      content,
    );
  });

  test('a prompt that was blocked is an answer', () => {
    const observer = observeStream();
    observer.observe(bytes(event({ promptFeedback: { blockReason: 'SAFETY' } })));
    expect(observer.ended()).toMatchObject({ content: true, complete: true });
    expect(observer.facts().finishReason).toBe('SAFETY');
  });

  test('an error is held apart with all that follows it', () => {
    const observer = observeStream();
    const failed = event({ error: { code: 503, message: 'Overloaded', status: 'UNAVAILABLE' } });
    const seen = observer.observe(bytes(says('a') + failed + END));
    expect(seen.error).toMatchObject({ code: '503', message: 'Overloaded' });
    expect(seen.relay.toString()).toBe(says('a'));
    expect(Buffer.from(seen.errorBytes ?? []).toString()).toBe(failed + END);
    expect(observer.ended().complete).toBe(false);
  });

  test('a text that quotes a member is only a text', () => {
    const observer = observeStream();
    observer.observe(bytes(says('a')));
    const run = bytes(says('"finishReason": "STOP", "error": {}'));
    expect(observer.observe(run).relay).toBe(run);
    expect(observer.ended().complete).toBe(false);
  });

  test('of an event without its blank line only an end or an error is relayed', () => {
    const cut = says('b').trimEnd();
    const half = observeStream();
    half.observe(bytes(says('a')));
    expect(half.observe(bytes(cut)).relay).toHaveLength(0);
    expect(half.ended().complete).toBe(false);
    const whole = observeStream();
    whole.observe(bytes(says('a')));
    expect(whole.observe(bytes(END.trimEnd())).relay.toString()).toBe(`${END.trimEnd()}\n\n`);
    expect(whole.ended().complete).toBe(true);
  });

  test('signs of life are not content', () => {
    const observer = observeStream();
    expect(observer.observe(bytes(': ping\n\n'))).toMatchObject({ content: false, alive: false });
  });
});

describe('as an array', () => {
  const text = (piece: Uint8Array | null): string => Buffer.from(piece ?? []).toString();

  test('opened with the first event, closed with the last', () => {
    const observer = observeStream({ framing: 'json-array' });
    const pieces = [
      observer.observe(bytes(`: ping\n\n${says('a')}`)),
      observer.observe(bytes(END)),
      observer.ended(),
    ];
    const relayed = pieces.map(({ relay }) => text(relay));
    expect(relayed[0]).toMatch(/^\[\{/);
    expect(relayed[1]).toMatch(/^,\r\n\{/);
    expect(JSON.parse(relayed.join(''))).toHaveLength(2);
  });

  test('cut off it stays open; an error is its last element', () => {
    const cut = observeStream({ framing: 'json-array' });
    const begun = text(cut.observe(bytes(says('a'))).relay) + text(cut.ended().relay);
    expect(parseJson(begun)).toBeUndefined();
    const broken = text(cut.renderError?.(new GatewayError('upstream_cut', 'Cut.')) ?? null);
    expect(JSON.parse(begun + broken)).toMatchObject([{}, { error: { code: 502, message: 'Cut.' } }]);
    const failed = observeStream({ framing: 'json-array' });
    const seen = failed.observe(bytes(event({ error: { code: 500, message: 'No.' } })));
    expect(JSON.parse(text(seen.relay) + text(seen.errorBytes))).toEqual([
      { error: { code: 500, message: 'No.' } },
    ]);
  });
});
