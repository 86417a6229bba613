import { describe, expect, test } from 'vitest';
import type { Target } from '../../core/dialect.ts';
import { OPENAI_CHAT } from '../../core/provider.ts';
import { rulesFor } from './model-rules.ts';

const rules = (model: string, facts: Target['facts'] = {}) =>
  rulesFor({ provider: 'anthropic', name: 'anthropic', model, facts, chat: OPENAI_CHAT });

test.each([
  ['claude-3-5-haiku-20241022', { thinking: 'none', sampling: true, maxOutput: 8_192 }],
  ['claude-3-7-sonnet-20250219', { thinking: 'budget', structured: false }],
  ['claude-opus-4-20250514', { thinking: 'budget', structured: false, maxOutput: 32_000 }],
  ['claude-sonnet-4@20250514', { thinking: 'budget', maxOutput: 64_000 }],
  ['claude-opus-4-1-20250805', { structured: true, samplingTogether: false, maxOutput: 32_000 }],
  ['claude-haiku-4-5', { thinking: 'budget', prefill: true, maxOutput: 64_000 }],
  ['claude-opus-4-6', { thinking: 'both', sampling: true, prefill: false, xhigh: false }],
  ['us.anthropic.claude-opus-4-6-v1:0', { thinking: 'both', sampling: true }],
  ['anthropic/claude-opus-4.6', { thinking: 'both' }],
  ['claude-opus-4-8', { thinking: 'adaptive', sampling: false, systemRole: false, xhigh: true }],
  ['claude-sonnet-5', { thinking: 'adaptive', systemRole: false, forcedTools: true, thinkingOff: 'yes' }],
  ['claude-opus-5', { systemRole: true, forcedTools: true, thinkingOff: 'yes' }],
  ['claude-opus-5-5', { forcedTools: false, thinkingOff: 'no' }],
  ['claude-sonnet-5-5', { forcedTools: false, thinkingOff: 'between-tools' }],
  ['claude-haiku-5-5', { forcedTools: true, thinkingOff: 'yes' }],
  ['claude-fable-5', { forcedTools: true, thinkingOff: 'no' }],
  ['claude-fable-5-2', { forcedTools: false, thinkingOff: 'no' }],
  ['claude-mythos-preview', { thinking: 'adaptive', thinkingOff: 'no' }],
  ['claude-2.1', { thinking: 'none', sampling: true }],
  ['claude-next', { thinking: 'adaptive', sampling: false, prefill: false }],
  [
    'deepseek-chat',
    { thinking: 'budget', sampling: true, prefill: true, structured: false, maxOutput: null },
  ],
] as const)('%s', (model, expected) => {
  expect(rules(model)).toMatchObject(expected);
});

describe('other models go by what is known of them', () => {
  test.each([
    [['reasoning', 'structured-output'], { thinking: 'budget', structured: true }],
    [['tools'], { thinking: 'none', structured: false }],
  ] as const)('%j', (capabilities, expected) => {
    expect(rules('qwen3', { capabilities })).toMatchObject(expected);
  });
});
