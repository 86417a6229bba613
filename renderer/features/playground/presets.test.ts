import { describe, expect, it } from 'vitest';
import { newConversation } from './conversation.ts';
import { appliedPreset, presetOf } from './presets.ts';

const conversation = { ...newConversation('c-12345678', ['m', 'n'], 1), system: 'Be brief.' };
const [first] = conversation.columns;
if (first === undefined) throw new Error('a conversation has a column');
const column = { ...first, parameters: { temperature: 0.4, topP: 0.9 } };

describe('a preset', () => {
  const preset = presetOf(conversation, column, 'Analyst');
  it('holds what is set', () => {
    expect(preset).toMatchObject({ name: 'Analyst', system: 'Be brief.', parameters: { temperature: 0.4 } });
  });
  it.each([
    ['all of it is in use', conversation, column, 'Analyst'],
    ['in another order', conversation, { ...column, parameters: { topP: 0.9, temperature: 0.4 } }, 'Analyst'],
    [
      'a parameter is another',
      conversation,
      { ...column, parameters: { temperature: 0.5, topP: 0.9 } },
      undefined,
    ],
    ['the prompt is another', { ...conversation, system: '' }, column, undefined],
  ])('is told to be in use: %s', (_, now, shown, name) => {
    expect(appliedPreset([preset], now, shown)?.name).toBe(name);
  });
});
