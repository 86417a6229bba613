import { describe, expect, test } from 'vitest';
import { readStopReason, writeStop } from './stop-reason.ts';

describe('read', () => {
  test.each([
    ['end_turn', false, 'stop'],
    ['end_turn', true, 'tool-calls'],
    ['tool_use', true, 'tool-calls'],
    ['max_tokens', true, 'length'],
    ['model_context_window_exceeded', false, 'context-full'],
    ['stop_sequence', false, 'stop-sequence'],
    ['refusal', false, 'refused'],
    ['pause_turn', false, 'paused'],
    ['something_new', false, 'stop'],
  ])('%s, tools called: %s', (reason, calledTools, read) => {
    expect(readStopReason(reason, calledTools)).toBe(read);
  });
});

describe('written', () => {
  const plain = { sequence: null, refusal: '', calledTools: false };
  test.each([
    [{ ...plain, reason: 'stop' }, 'end_turn'],
    [{ ...plain, reason: 'stop', calledTools: true }, 'tool_use'],
    [{ ...plain, reason: 'filtered' }, 'refusal'],
    [{ ...plain, reason: 'refused' }, 'refusal'],
    [{ ...plain, reason: 'stop', refusal: 'I cannot.' }, 'refusal'],
    [{ ...plain, reason: 'context-full' }, 'model_context_window_exceeded'],
    [{ ...plain, reason: 'length', calledTools: true }, 'max_tokens'],
    [{ ...plain, reason: 'paused' }, 'pause_turn'],
  ] as const)('%j', (stop, written) => {
    expect(writeStop(stop)).toMatchObject({ stop_reason: written, stop_sequence: null });
  });

  test('the sequence that was met stands beside its reason only', () => {
    const stop = { ...plain, sequence: 'END' };
    expect(writeStop({ ...stop, reason: 'stop-sequence' })).toMatchObject({ stop_sequence: 'END' });
    expect(writeStop({ ...stop, reason: 'stop' })).toMatchObject({ stop_sequence: null });
  });

  test('words of refusal are its explanation', () => {
    expect(writeStop({ ...plain, reason: 'stop', refusal: 'No.' }).stop_details).toEqual({
      type: 'refusal',
      category: null,
      explanation: 'No.',
    });
    expect(writeStop({ ...plain, reason: 'stop' }).stop_details).toBeNull();
  });
});
