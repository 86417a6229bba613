/** What is shown of a request: figures, scales, bodies. */
import { describe, expect, it } from 'vitest';
import { sampleAttempt, sampleRow } from '../../testing/samples.ts';
import { curlCommand } from '../../shared/utils/curl-command.ts';
import { layOutJson, textOf } from './json-layout.ts';
import { attemptState, elapsed, rowState, servedElsewhere, speed } from '../../shared/utils/row-state.ts';
import { phasesOf, scaleOf, share, ticksOf } from './time-scale.ts';

describe('states', () => {
  it.each([
    ['live', null, 'waiting', null],
    ['ok', 200, 'ok', 200],
    ['error', 429, 'failed', 429],
    ['cut', 200, 'cut', null],
    ['client-left', 499, 'left', 499],
    ['interrupted', null, 'off', null],
  ] as const)('%s', (outcome, status, kind, shown) =>
    expect(rowState({ outcome, status })).toEqual({ kind, status: shown }),
  );

  it.each([
    [{ result: 'ok' }, 'ok'],
    [{ result: 'rate_limited', cooldown: 30_000 }, 'cooling'],
    [{ result: 'overloaded', cooldown: null }, 'failed'],
    [{ result: 'client_left' }, 'left'],
    [{ result: 'stopped' }, 'off'],
  ])('attempt %j is %s', (changes, kind) => expect(attemptState(sampleAttempt(changes))).toBe(kind));
});

describe('the model that served', () => {
  it.each([
    ['gpt-5', 'gpt-5', 'openai', null],
    ['openai/gpt-5', 'gpt-5', 'openai', null],
    ['fast', 'llama-3', 'groq', 'llama-3'],
    ['openai/gpt-5', 'gpt-5', 'openrouter', 'gpt-5'],
    ['fast', null, null, null],
  ])('%s served by %s of %s shows %j', (modelAsked, modelServed, provider, shown) =>
    expect(servedElsewhere({ modelAsked, modelServed, provider })).toBe(shown),
  );
});

describe('figures', () => {
  it('time passes for live rows only, and never backwards', () => {
    const live = sampleRow(1, { outcome: 'live', doneAt: null, startedAt: 1_000 });
    expect(elapsed(live, 3_500)).toBe(2_500);
    expect(elapsed(live, 500)).toBe(0);
    expect(elapsed(sampleRow(1), 9e12)).toBe(1_500);
    expect(elapsed({ ...live, outcome: 'interrupted' }, 9e12)).toBeNull();
  });

  it('speed is output over streaming time', () => {
    expect(speed(sampleRow(1, { firstContentAt: 500, doneAt: 2_500 }))).toBe(201);
    expect(speed(sampleRow(1, { streamed: false }))).toBeNull();
    expect(speed(sampleRow(1, { tokens: null }))).toBeNull();
    expect(speed(sampleRow(1, { firstContentAt: 500, doneAt: 500 }))).toBeNull();
  });
});

describe('scales', () => {
  it.each([
    [11_420, [0, 5_000, 10_000]],
    [900, [0, 500]],
    [640, [0, 200, 400, 600]],
    [1, [0, 1]],
    [0, [0]],
  ])('%d ms has ticks %j', (length, ticks) => expect(ticksOf(length)).toEqual(ticks));

  it('has few ticks for any length', () => {
    for (const length of [3, 77, 5_001, 3_599_000, 86_400_000])
      expect(ticksOf(length).length).toBeLessThanOrEqual(5);
  });

  it('ends with the last attempt or with now', () => {
    expect(scaleOf(sampleRow(1, { doneAt: 800 }), 0)).toBe(1_500);
    expect(scaleOf({ attempts: [], doneAt: null }, 4_000)).toBe(4_000);
    expect(share(50, 0)).toBe(0);
    expect(share(500, 400)).toBe(100);
  });

  it('phases add up to the attempt, with gaps for moments that never came', () => {
    const phases = phasesOf(sampleAttempt(), 0.3);
    expect(phases.map(({ length }) => length)).toEqual([0.3, 19, 4, 276, 20, 1_180]);
    const failed = phasesOf(sampleAttempt({ firstByteAt: null, firstContentAt: null, doneAt: 100 }), 0);
    expect(failed.map(({ name }) => name)).toEqual(['queued', 'connect', 'send', 'stream']);
  });
});

describe('JSON laid out', () => {
  const laidOut = (text: string): string | null => {
    const tokens = layOutJson(text);
    return tokens === null ? null : textOf(tokens);
  };

  it('keeps what was written: large numbers, escapes, order, doubled names', () =>
    expect(laidOut('{"b":12345678901234567890, "a":"\\u00e9\\n,{}[]\\"", "b":1.50}')).toBe(
      '{\n  "b": 12345678901234567890,\n  "a": "\\u00e9\\n,{}[]\\"",\n  "b": 1.50\n}',
    ));

  it('nests, and leaves empty things on one line', () =>
    expect(laidOut('{"a":[],"b":{},"c":[1,[true]]}')).toBe(
      '{\n  "a": [],\n  "b": {},\n  "c": [\n    1,\n    [\n      true\n    ]\n  ]\n}',
    ));

  it('tells names from values', () =>
    expect(layOutJson('{"a":"b"}')?.map(({ kind }) => kind)).toEqual([
      'punctuation',
      'key',
      'punctuation',
      'string',
      'punctuation',
    ]));

  it.each(['', 'data: {}', '{"cut": "of', '{"a":1}{"b":2}'])('%j is not JSON', (text) =>
    expect(laidOut(text)).toBeNull(),
  );
});

describe('the first command', () => {
  it('asks the gateway that is shown, with JSON a shell takes', () => {
    const command = curlCommand('http://127.0.0.1:8001', true, false);
    expect(command).toContain('curl http://127.0.0.1:8001/v1/chat/completions ');
    expect(command).toContain('"model":"demo/chat"');
    expect(command.split("'")).toHaveLength(5);
  });
});
