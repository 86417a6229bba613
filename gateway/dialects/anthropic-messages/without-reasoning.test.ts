import { describe, expect, test } from 'vitest';
import { wrapSignature } from '../../core/canonical/signature.ts';
import { withoutReasoning } from './without-reasoning.ts';

const FOREIGN = wrapSignature({ format: 'openai', value: 'x', id: null, origin: null });
const user = { role: 'user', content: 'hi' };
const text = { type: 'text', text: 'a' };
const call = { type: 'tool_use', id: 't', name: 'f', input: {} };
const own = { type: 'thinking', thinking: 'b', signature: 'EoQD' };
const foreign = { type: 'thinking', thinking: 'b', signature: FOREIGN };
const unsigned = { type: 'thinking', thinking: 'b', signature: '' };
const hidden = { type: 'redacted_thinking', data: 'Eqk' };
const hiddenForeign = { type: 'redacted_thinking', data: FOREIGN };
const said = (...content: readonly unknown[]) => ({ role: 'assistant', content });
const CLAUDE = { provider: 'openrouter', model: 'anthropic/claude-opus-4.6' };
const DEEPSEEK = { provider: 'deepseek', model: 'deepseek-chat' };
const after = (request: Record<string, unknown>, which: 'foreign' | 'all', target = CLAUDE) =>
  withoutReasoning(request, which, target);

describe('foreign', () => {
  test('the very same where there is none', () => {
    const request = { messages: [user, said(own, hidden, text), user] };
    expect(after(request, 'foreign')).toBe(request);
  });

  test('what others signed, and what nobody did', () => {
    const request = { messages: [user, said(foreign, unsigned, hiddenForeign, own, text)] };
    expect(after(request, 'foreign')).toEqual({ messages: [user, said(own, text)] });
  });

  test('a message of nothing else goes as a whole', () => {
    expect(after({ messages: [user, said(foreign), user] }, 'foreign')).toEqual({ messages: [user, user] });
  });
});

describe('foreign, for models that sign nothing', () => {
  test('what nobody signed stays, and so does thinking: DeepSeek wants earlier thoughts back', () => {
    const thinking = { type: 'enabled', budget_tokens: 2_000 };
    const request = { thinking, messages: [user, said(unsigned, call)] };
    expect(after(request, 'foreign', DEEPSEEK)).toBe(request);
  });

  test('of what others signed the words stay', () => {
    const wordless = { ...foreign, thinking: '' };
    const thinking = { type: 'enabled', budget_tokens: 2_000 };
    const request = { thinking, messages: [user, said(foreign, wordless, hiddenForeign, call)] };
    expect(after(request, 'foreign', DEEPSEEK)).toEqual({ thinking, messages: [user, said(unsigned, call)] });
  });

  test('Anthropic signs under any name', () => {
    const request = { messages: [user, said(unsigned, text)] };
    const target = { provider: 'anthropic', model: 'best' };
    expect(after(request, 'foreign', target)).toEqual({ messages: [user, said(text)] });
  });
});

describe('all', () => {
  test('own ones too', () => {
    expect(after({ messages: [user, said(own, hidden, text)] }, 'all')).toEqual({
      messages: [user, said(text)],
    });
  });

  test.each([{ messages: [user, said(text)] }, { messages: 'x' }, {}])('the very same: %j', (request) => {
    expect(after(request, 'all')).toBe(request);
  });
});

describe('thinking with a budget', () => {
  const thinking = { type: 'enabled', budget_tokens: 2_000 };
  const management = { edits: [{ type: 'clear_thinking_20251015' }, { type: 'clear_tool_uses_20250919' }] };

  test('is switched off where a call would stand without its thought, and so is what clears thoughts', () => {
    const request = { thinking, context_management: management, messages: [user, said(own, call)] };
    expect(after(request, 'all')).toEqual({
      context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] },
      messages: [user, said(call)],
    });
    const alone = { thinking, context_management: { edits: management.edits.slice(0, 1) } };
    expect(after({ ...alone, messages: [user, said(own, call)] }, 'all')).toEqual({
      messages: [user, said(call)],
    });
  });

  test('stays where no tool was called last, and where the model decides itself', () => {
    expect(after({ thinking, messages: [user, said(own, text), user] }, 'all')).toHaveProperty('thinking');
    const adaptive = { thinking: { type: 'adaptive' }, messages: [user, said(own, call)] };
    expect(after(adaptive, 'all')).toHaveProperty('thinking');
  });
});
