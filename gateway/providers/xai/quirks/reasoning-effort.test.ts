import type { Warn } from '../../../core/canonical/request.ts';
import { describe, expect, test } from 'vitest';
import { chatEffort, responsesEffort } from './reasoning-effort.ts';

const unexpected: Warn = ({ text }) => expect.fail(text);

describe.each([
  ['grok-4.3', 'max', 'high', 0],
  ['grok-4.3', 'none', 'none', 0],
  ['grok-4.5', 'minimal', 'low', 0],
  ['grok-3-mini', 'high', 'high', 0],
  ['grok-4', 'high', undefined, 1],
  ['grok-4-fast-reasoning', 'low', undefined, 1],
  ['grok-4.20-reasoning', 'low', undefined, 1],
  ['grok-code-fast-1', 'low', undefined, 1],
])('%s asked for %s', (model, asked, sent, warnings) => {
  test('in chat', () => {
    const told: string[] = [];
    const body = chatEffort.request({ reasoning_effort: asked }, model, ({ text }) => told.push(text));
    expect(body['reasoning_effort']).toBe(sent);
    expect(told).toHaveLength(warnings);
  });

  test('in Responses, the rest of the wish kept', () => {
    const told: string[] = [];
    const body = responsesEffort.request(
      { reasoning: { effort: asked, summary: 'auto' } },
      model,
      ({ text }) => {
        told.push(text);
      },
    );
    expect(body).toEqual({
      reasoning: { summary: 'auto', ...(sent === undefined ? {} : { effort: sent }) },
    });
    expect(told).toHaveLength(warnings);
  });
});

test('who asks for none stays the very same', () => {
  const body = { reasoning: { summary: 'auto' } };
  expect(responsesEffort.request(body, 'grok-4', unexpected)).toBe(body);
  expect(chatEffort.request(body, 'grok-4', unexpected)).toBe(body);
});
