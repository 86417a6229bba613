import { describe, expect, test } from 'vitest';
import { GatewayError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { observeStream } from './stream.ts';

const event = (type: string, members: JsonObject = {}): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: 7, ...members })}\n\n`;
const CREATED = event('response.created', { response: { id: 'resp_1', model: 'm' } });
const delta = (text: string): string => event('response.output_text.delta', { output_index: 0, delta: text });
const USAGE = { input_tokens: 3, output_tokens: 4 };
const COMPLETED = event('response.completed', {
  response: { id: 'resp_1', model: 'm-1', status: 'completed', usage: USAGE },
});
const bytes = (text: string): Uint8Array => Buffer.from(text);
const textOf = (run: Uint8Array | null): string | null => (run === null ? null : Buffer.from(run).toString());

test('every run goes on as the very same bytes', () => {
  const observer = observeStream();
  for (const run of [CREATED, delta('Hi'), delta('a') + delta('b'), COMPLETED]) {
    const given = bytes(run);
    const seen = observer.observe(given);
    expect(seen.relay).toBe(given);
    expect(seen).toMatchObject({ error: null, errorBytes: null, alive: true });
  }
});

describe('content', () => {
  test.each([
    ['text', delta('Hi')],
    ['a refusal', event('response.refusal.delta', { delta: 'No' })],
    ['thoughts', event('response.reasoning_text.delta', { delta: 'Hm' })],
    ['a summary', event('response.reasoning_summary_text.delta', { delta: 'Hm' })],
    ['a call', event('response.output_item.added', { item: { type: 'function_call' } })],
    ["a call of the provider's own tool", event('response.web_search_call.in_progress')],
    ['an item that comes whole', event('response.output_item.done', { item: { type: 'reasoning' } })],
    ['the end', COMPLETED],
  ])('%s is', (_, run) => {
    expect(observeStream().observe(bytes(CREATED + run)).content).toBe(true);
  });

  test.each([
    ['the first event', CREATED],
    ['a sign of work', event('response.in_progress', { response: {} })],
    ['a message that will come', event('response.output_item.added', { item: { type: 'message' } })],
    ['thoughts that will come', event('response.output_item.added', { item: { type: 'reasoning' } })],
    ['a part that will come', event('response.content_part.added', { part: { text: '' } })],
    ['an empty delta', delta('')],
    ['a comment', ': OPENROUTER PROCESSING\n\n'],
    ['an event of a kind to come', event('response.mood.changed', { mood: 'good' })],
    ['an error', event('error', { error: { message: 'x' } })],
  ])('%s is not', (_, run) => {
    expect(observeStream().observe(bytes(run)).content).toBe(false);
  });
});

test('comments are no sign of life', () => {
  const observer = observeStream();
  expect(observer.observe(bytes(': ping\n\n')).alive).toBe(false);
  observer.observe(bytes(delta('Hi')));
  expect(observer.observe(bytes(': ping\n\n')).alive).toBe(false);
});

describe('the end', () => {
  test.each([
    ['completed', 'completed', {}],
    ['incomplete', 'max_output_tokens', { incomplete_details: { reason: 'max_output_tokens' } }],
  ])('%s, with tokens, finish and model', (status, finishReason, more) => {
    const observer = observeStream();
    observer.observe(bytes(CREATED + delta('Hi')));
    const end = event(`response.${status}`, { response: { model: 'm-1', status, usage: USAGE, ...more } });
    expect(observer.observe(bytes(end)).complete).toBe(true);
    expect(observer.facts()).toEqual({
      usage: { input: 3, cacheRead: 0, cacheWrite: 0, output: 4, reasoning: 0 },
      finishReason,
      model: 'm-1',
    });
  });

  test('with the web searches that were made', () => {
    const observer = observeStream();
    const search = { type: 'web_search_call', status: 'completed', action: { type: 'search' } };
    const response = { status: 'completed', usage: USAGE, output: [search, search] };
    observer.observe(bytes(CREATED + delta('Hi') + event('response.completed', { response })));
    expect(observer.facts().details).toEqual({ webSearches: 2 });
  });

  test.each([
    [{ id: 'resp_1' }, 'resp_1'],
    [{ id: 'resp_1', store: false }, undefined],
  ])('with the id it is kept under: %j', (members, keptAs) => {
    const observer = observeStream();
    const response = { status: 'completed', usage: USAGE, ...members };
    observer.observe(bytes(CREATED + delta('Hi') + event('response.completed', { response })));
    expect(observer.facts().keptAs).toBe(keptAs);
  });

  test('told by the event line alone', () => {
    const observer = observeStream();
    observer.observe(bytes(delta('Hi')));
    const end = 'event: response.completed\ndata: {"response":{"status":"completed"}}\n\n';
    expect(observer.observe(bytes(end)).complete).toBe(true);
  });

  test('[DONE] alone is none, behind the end it goes on', () => {
    const observer = observeStream();
    expect(observer.observe(bytes(`${delta('Hi')}data: [DONE]\n\n`)).complete).toBe(false);
    expect(observer.ended().complete).toBe(false);
    const run = `${COMPLETED}data: [DONE]\n\n`;
    expect(textOf(observer.observe(bytes(run)).relay)).toBe(run);
    expect(observer.ended()).toMatchObject({ complete: true, error: null });
  });

  test('a text that quotes the last event is none', () => {
    const observer = observeStream();
    observer.observe(bytes(delta('Hi')));
    expect(observer.observe(bytes(delta(COMPLETED))).complete).toBe(false);
  });

  test('of an event that was cut only a whole end is worth having', () => {
    const observer = observeStream();
    observer.observe(bytes(delta('Hi')));
    expect(textOf(observer.observe(bytes(delta('lo').trimEnd().slice(0, -4))).relay)).toBe('');
    expect(textOf(observer.observe(bytes(COMPLETED.trimEnd())).relay)).toBe(COMPLETED);
    expect(observer.ended().complete).toBe(true);
  });
});

describe('errors', () => {
  const error = { type: 'server_error', code: 'slow_down', message: 'Busy', param: null };
  const failed = event('response.failed', { response: { id: 'resp_1', status: 'failed', error } });

  test.each([
    ['nested', event('error', { error })],
    ['flat', event('error', { code: 'slow_down', message: 'Busy', param: null })],
    ['failed', failed],
    ["as in OpenAI's chat", `data: ${JSON.stringify({ error })}\n\n`],
  ])('%s, before and after content', (_, run) => {
    for (const before of [CREATED, CREATED + delta('Hi')]) {
      const observer = observeStream();
      observer.observe(bytes(before));
      const seen = observer.observe(bytes(delta('more') + run));
      expect(seen.error).toMatchObject({ code: 'slow_down', message: 'Busy' });
      expect(textOf(seen.relay)).toBe(delta('more'));
      expect(textOf(seen.errorBytes)).toBe(run);
    }
  });

  test('what follows goes with it, and the failed response is the end', () => {
    const observer = observeStream();
    observer.observe(bytes(delta('Hi')));
    const seen = observer.observe(bytes(event('error', { error }) + failed));
    expect(seen).toMatchObject({ complete: true, error: { type: 'server_error' } });
    expect(textOf(seen.errorBytes)).toBe(event('error', { error }) + failed);
  });

  test('that are not JSON', () => {
    const seen = observeStream().observe(bytes('event: error\ndata: overloaded\n\n'));
    expect(seen.error?.message).toBe('overloaded');
  });

  test("the gateway's own goes on with the upstream's id and numbers", () => {
    const observer = observeStream();
    observer.observe(bytes(CREATED + delta('Hi')));
    const written = textOf(observer.renderError?.(new GatewayError('upstream_cut', 'Cut.')) ?? null) ?? '';
    const [told, end] = written.split('\n\n').map((one) => one.replace(/^event: .*\ndata: /, ''));
    expect(JSON.parse(told ?? '')).toMatchObject({
      type: 'error',
      sequence_number: 8,
      error: { message: 'Cut.', code: 'upstream_cut', type: 'server_error' },
    });
    expect(JSON.parse(end ?? '')).toMatchObject({
      type: 'response.failed',
      sequence_number: 9,
      response: { id: 'resp_1', model: 'm', status: 'failed' },
    });
  });
});
