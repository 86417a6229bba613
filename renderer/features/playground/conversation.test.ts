import { describe, expect, it } from 'vitest';
import type {
  ConversationSummary,
  ConversationTurn,
} from '../../../contract/rpc/procedures/conversations.ts';
import {
  chatOf,
  estimateTokens,
  groupByAge,
  makeId,
  makeTurn,
  messagesOf,
  newConversation,
  NO_RESULT,
  speedOf,
  titleOf,
} from './conversation.ts';
import { matchChoices } from './model-choices.ts';
import { NUMBER_PARAMETERS, readStops, readTyped, withParameter } from './parameters.ts';
import { shorten } from './shorten.ts';

const parameter = (name: string) => {
  const found = NUMBER_PARAMETERS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no parameter ${name}`);
  return found;
};

describe('a conversation', () => {
  it('is told to the model with its system prompt, without answers that have no words', () => {
    const declined = makeTurn('assistant', null, 4, { refusal: 'no' });
    const path = [
      makeTurn('user', null, 1, { text: 'a' }),
      makeTurn('assistant', null, 2),
      makeTurn('user', null, 3, { text: 'b' }),
      declined,
    ];
    expect(messagesOf('', path).map(({ role, text }) => `${role} ${text}`)).toEqual([
      'user a',
      'user b',
      'assistant no',
    ]);
    expect(messagesOf('S', path)[0]).toEqual({ role: 'system', text: 'S' });
    expect(messagesOf('  ', path)[0]?.role).toBe('user');
  });

  it('says of calls it went past that they have no result, since providers refuse calls without one', () => {
    const calls = [
      { id: 'c1', name: 'a', arguments: '{}' },
      { id: 'c2', name: 'b', arguments: '{}' },
    ];
    const called = makeTurn('assistant', null, 1, { calls });
    const given = makeTurn('tool', null, 2, { results: [{ callId: 'c2', text: '7', origin: 'manual' }] });
    const next = makeTurn('user', null, 3, { text: 'never mind' });
    const told = (path: readonly ConversationTurn[]) =>
      messagesOf('', path).map(({ callId, text }) => `${callId ?? ''} ${text}`);
    expect(told([called, next])).toEqual([' ', `c1 ${NO_RESULT}`, `c2 ${NO_RESULT}`, ' never mind']);
    expect(told([called, given, next])).toEqual([' ', `c1 ${NO_RESULT}`, 'c2 7', ' never mind']);
    expect(told([called])).toEqual([' ']);
  });

  it('is told with files, calls and their results', () => {
    const file = { hash: 'a'.repeat(64), kind: 'image', name: 'a.png', mime: 'image/png', size: 1 } as const;
    const call = { id: 'c1', name: 'sum', arguments: '{}' };
    const path = [
      makeTurn('user', null, 1, { files: [file] }),
      makeTurn('assistant', null, 2, { calls: [call] }),
      makeTurn('tool', null, 3, { results: [{ callId: 'c1', text: '7', origin: 'manual' }] }),
    ];
    expect(messagesOf('', path)).toEqual([
      { role: 'user', text: '', files: [file] },
      { role: 'assistant', text: '', calls: [call] },
      { role: 'tool', text: '7', callId: 'c1' },
    ]);
  });

  it('asks with the tools and the format of the conversation and the parameters of the column', () => {
    const start = newConversation('c-12345678', ['one', 'two', 'three', 'four', 'five'], 1);
    expect(start.columns.map(({ model }) => model)).toEqual(['one', 'two', 'three', 'four']);
    const [, second] = start.columns;
    if (second === undefined) throw new Error('no second column');
    expect(chatOf(start, second, [])).toEqual({ model: 'two', messages: [], parameters: {} });
    const tool = { name: 'sum', description: '', schema: '{}', canned: '7' };
    const withTools = { ...start, tools: [tool], toolChoice: 'required', format: { kind: 'json' } } as const;
    expect(chatOf({ ...withTools, tools: [tool] }, second, [])).toMatchObject({
      tools: [{ name: 'sum', description: '', schema: '{}' }],
      toolChoice: 'required',
      format: { kind: 'json' },
    });
    const gone = { ...withTools, tools: [tool], toolChoice: 'tool:total' };
    expect(chatOf(gone, second, []).toolChoice).toBe('auto');
  });

  it('has an id the gateway takes, and a title of one line', () => {
    expect(makeId()).toMatch(/^[a-z0-9-]{8,64}$/);
    expect(titleOf('  First line\nsecond')).toBe('First line');
    expect(titleOf('x'.repeat(80))).toHaveLength(60);
    expect(titleOf(`${'x'.repeat(58)}😀😀`).isWellFormed()).toBe(true);
  });

  it('belongs to a day', () => {
    const now = new Date(2026, 10, 26, 9).getTime();
    const at = (id: string, hours: number): ConversationSummary => ({
      id,
      title: id,
      model: 'm',
      models: 1,
      turns: 1,
      updatedAt: now - hours * 3_600_000,
    });
    const groups = groupByAge([at('a', 1), at('b', 10), at('c', 60), at('d', 400)], now);
    expect(groups.map(({ age, conversations }) => [age, conversations[0]?.id])).toEqual([
      ['today', 'a'],
      ['yesterday', 'b'],
      ['week', 'c'],
      ['earlier', 'd'],
    ]);
  });

  it('has a speed only where there is one', () => {
    expect(speedOf(100, 1_000, 3_000)).toBe(50);
    expect(speedOf(100, null, 3_000)).toBeNull();
    expect(speedOf(100, 1_000, 1_010)).toBeNull();
    expect(speedOf(null, 1_000, 3_000)).toBeNull();
    expect(estimateTokens('abcdefgh')).toBe(2);
    expect(estimateTokens('你好世界')).toBe(4);
  });
});

describe('parameters', () => {
  it.each([
    ['temperature', '0,3', 0.3],
    ['temperature', '', null],
    ['temperature', '2.1', undefined],
    ['temperature', 'x', undefined],
    ['maxTokens', '64', 64],
    ['maxTokens', '64.5', undefined],
    ['maxTokens', '0', undefined],
    ['seed', '-7', -7],
  ])('%s typed as %j is %j', (name, text, value) => {
    expect(readTyped(parameter(name), text)).toBe(value);
  });

  it('that are not set are not there', () => {
    expect(withParameter({ temperature: 1 }, 'temperature', undefined)).toEqual({});
    expect(withParameter({ seed: 1 }, 'temperature', 0)).toEqual({ seed: 1, temperature: 0 });
    expect(readStops('END\n\n###\n')).toEqual(['END', '###']);
  });
});

it('models are found by every word', () => {
  const choices = [
    { id: 'openai/gpt-5-mini', provider: 'OpenAI', usable: true },
    { id: 'fast', provider: null, usable: true },
  ];
  expect(matchChoices(choices, 'mini OPENAI').map(({ id }) => id)).toEqual(['openai/gpt-5-mini']);
  expect(matchChoices(choices, '')).toHaveLength(2);
  expect(matchChoices(choices, 'none')).toEqual([]);
});

it('a shown request is short', () => {
  const messages = Array.from({ length: 6 }, (_, index) => ({
    role: 'user',
    content: `${index}${'x'.repeat(300)}`,
  }));
  const shown = shorten({ model: 'm', messages }, (count) => `${count} earlier`);
  expect(JSON.stringify(shown)).toContain('… 2 earlier');
  expect(JSON.stringify(shown).length).toBeLessThan(1_000);
  expect(shorten({ model: 'm' }, String)).toEqual({ model: 'm' });
});
