import type { Warn } from '../../../core/canonical/request.ts';
import { expect, test } from 'vitest';
import { toolChoice } from './tool-choice.ts';

const unexpected: Warn = ({ text }) => expect.fail(text);

test('tools that must be called are told in its word', () => {
  const apply = (choice: unknown) =>
    toolChoice.request({ tool_choice: choice }, 'm', unexpected)['tool_choice'];
  expect(['required', 'auto', 'none'].map(apply)).toEqual(['any', 'auto', 'none']);
});
