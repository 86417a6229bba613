import { describe, expect, it } from 'vitest';
import type { ConversationSummary } from '../../../contract/rpc/procedures/conversations.ts';
import {
  before,
  estimateTokens,
  groupByAge,
  makeId,
  makeTurn,
  messagesOf,
  newConversation,
  speedOf,
  titleOf,
} from './conversation.ts';
import { matchChoices } from './model-choices.ts';
import { NUMBER_PARAMETERS, readParameters, readStops, readTyped, withParameter } from './parameters.ts';
import { shorten } from './shorten.ts';

const parameter = (name: string) => {
  const found = NUMBER_PARAMETERS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no parameter ${name}`);
  return found;
};

describe('a conversation', () => {
  it('is told to the model with its system prompt, without answers that have no words', () => {
    const turns = [makeTurn('user', 'a', 1), makeTurn('assistant', '', 2), makeTurn('user', 'b', 3)];
    const declined = { ...makeTurn('assistant', '', 4), refusal: 'no' };
    const conversation = { ...newConversation('c-12345678', 'm', 1), turns: [...turns, declined] };
    expect(messagesOf(conversation).map(({ role, text }) => `${role} ${text}`)).toEqual([
      'user a',
      'user b',
      'assistant no',
    ]);
    expect(messagesOf({ ...conversation, system: 'S' })[0]).toEqual({ role: 'system', text: 'S' });
    expect(messagesOf({ ...conversation, system: '  ' })[0]?.role).toBe('user');
    expect(before(conversation, turns[1]?.id ?? '').turns).toEqual(turns.slice(0, 1));
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

  it('are read from a request by every name they have', () => {
    expect(
      readParameters({
        temperature: 0.5,
        top_p: 7,
        max_completion_tokens: 9,
        seed: 3,
        stop: 'END',
        reasoning_effort: 'low',
        tools: [],
      }),
    ).toEqual({ temperature: 0.5, maxTokens: 9, seed: 3, stop: ['END'], reasoningEffort: 'low' });
    expect(readParameters({ stop: ['a', '', 5], reasoning_effort: 'odd' })).toEqual({ stop: ['a'] });
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
