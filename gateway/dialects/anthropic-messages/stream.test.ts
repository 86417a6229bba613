import { describe, expect, test } from 'vitest';
import { writeEvent } from './event-text.ts';
import { observeStream } from './stream.ts';

const usage = { input_tokens: 3, output_tokens: 1 };
const START = writeEvent({ type: 'message_start', message: { model: 'claude', usage } });
const PING = writeEvent({ type: 'ping' });
const block = (content: object) =>
  writeEvent({ type: 'content_block_start', index: 0, content_block: content });
const delta = (change: object) => writeEvent({ type: 'content_block_delta', index: 0, delta: change });
const TEXT = delta({ type: 'text_delta', text: 'hi' });
const DELTA = writeEvent({
  type: 'message_delta',
  delta: { stop_reason: 'end_turn', stop_sequence: null },
  usage: { input_tokens: 5, output_tokens: 9 },
});
const STOP = writeEvent({ type: 'message_stop' });
const ERROR = writeEvent({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });

const follow = (...runs: readonly string[]) => {
  const observer = observeStream();
  const seen = runs.map((run) => observer.observe(Buffer.from(run)));
  return { last: seen.at(-1), seen, facts: observer.facts(), observer };
};

describe('content', () => {
  test.each([
    [block({ type: 'text', text: '' }), false],
    [block({ type: 'text', text: 'whole' }), true],
    [block({ type: 'thinking', thinking: '', signature: '' }), false],
    [block({ type: 'redacted_thinking', data: 'x' }), true],
    [block({ type: 'tool_use', id: 't', name: 'f', input: {} }), true],
    [block({ type: 'server_tool_use', id: 't', name: 'web_search', input: {} }), true],
    [block({ type: 'fallback', from: {}, to: {} }), false],
    [delta({ type: 'text_delta', text: '' }), false],
    [TEXT, true],
    [delta({ type: 'thinking_delta', thinking: 'x' }), true],
    [delta({ type: 'signature_delta', signature: 'x' }), true],
    [delta({ type: 'input_json_delta', partial_json: '' }), false],
    [delta({ type: 'citations_delta', citation: { url: 'x' } }), true],
    [DELTA, true],
    [writeEvent({ type: 'message_delta', delta: { stop_reason: null }, usage }), false],
    [PING, false],
    [START, false],
    [': comment\n\n', false],
  ])('%s', (event, content) => {
    expect(follow(event).last?.content).toBe(content);
  });

  test('a ping is a sign of life, a comment is not', () => {
    expect([follow(PING).last?.alive, follow(': x\n\n').last?.alive]).toEqual([true, false]);
  });
});

test('a whole stream: the very same bytes, the facts and the end', () => {
  const runs = [START + PING, block({ type: 'text', text: '' }) + TEXT, TEXT, DELTA, STOP];
  const { seen, facts } = follow(...runs);
  expect(seen.map(({ relay }) => Buffer.from(relay).toString())).toEqual(runs);
  expect(seen.map(({ complete }) => complete)).toEqual([false, false, false, false, true]);
  expect(facts).toEqual({
    usage: { input: 5, cacheRead: 0, cacheWrite: 0, output: 9, reasoning: 0 },
    finishReason: 'end_turn',
    model: 'claude',
  });
});

test('runs without a marker are passed on unread once content has been seen', () => {
  const observer = observeStream();
  observer.observe(Buffer.from(TEXT));
  // Nothing that reads it would take this for JSON.
  const run = Buffer.from('event: content_block_delta\ndata: {broken "a"\n\n');
  expect(observer.observe(run)).toMatchObject({ relay: run, alive: true, content: true, error: null });
});

test('a text that quotes the end of a stream does not end it', () => {
  const quoting = delta({ type: 'text_delta', text: '{"type":"message_stop"} event: error' });
  expect(follow(TEXT, quoting).last).toMatchObject({ complete: false, error: null });
});

describe('errors', () => {
  test.each([[[ERROR]], [[TEXT, ERROR]], [[START + ERROR]]])('named by their type: %j', (runs) => {
    const { last } = follow(...runs);
    expect(last?.error).toMatchObject({ type: 'overloaded_error', message: 'Overloaded', status: 200 });
    expect(Buffer.from(last?.errorBytes ?? []).toString()).toBe(ERROR);
  });

  test.each([
    'event: error\ndata: {"message":"bad"}\n\n',
    'data: {"error":{"message":"bad"}}\n\n',
    'event: error\ndata: bad\n\n',
  ])('of other servers: %j', (event) => {
    expect(follow(TEXT, event).last?.error).toMatchObject({ message: 'bad' });
  });

  test('what follows an error is not relayed as an answer', () => {
    const { last } = follow(TEXT + ERROR + STOP);
    expect(Buffer.from(last?.relay ?? []).toString()).toBe(TEXT);
    expect(Buffer.from(last?.errorBytes ?? []).toString()).toBe(ERROR + STOP);
  });

  test('content behind an error does not begin the answer', () => {
    expect(follow(ERROR + TEXT).last?.content).toBe(false);
  });
});

describe('an event that never ended', () => {
  test('is not relayed', () => {
    expect(Buffer.from(follow(TEXT, TEXT + TEXT.trimEnd()).last?.relay ?? []).toString()).toBe(TEXT);
  });

  test('but the end of the stream is, and an error with its blank line', () => {
    const { last } = follow(TEXT, STOP.trimEnd());
    expect([Buffer.from(last?.relay ?? []).toString(), last?.complete]).toEqual([STOP.trimEnd(), true]);
    expect(Buffer.from(follow(TEXT, ERROR.trimEnd()).last?.errorBytes ?? []).toString()).toBe(ERROR);
  });
});

test('message_start twice is nothing new', () => {
  const { facts, last } = follow(START + START, TEXT, START, DELTA, STOP);
  expect([facts.model, facts.usage?.output, last?.complete]).toEqual(['claude', 9, true]);
});

test('the end of the body adds nothing', () => {
  const { observer } = follow(TEXT);
  expect(observer.ended()).toEqual({
    relay: Buffer.alloc(0),
    content: true,
    alive: false,
    error: null,
    errorBytes: null,
    complete: false,
  });
});
