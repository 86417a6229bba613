import { describe, expect, it } from 'vitest';
import { sampleTool } from '../../testing/sample-tool.ts';
import { countTools, entryIds, firstEntry, groupsOf, shownState } from './tool-state.ts';

describe('what is said of a tool', () => {
  it.each([
    ['connected by a person', { state: 'connected' }, 'connected', 'ok'],
    ['written, no request yet', { state: 'connected', writtenAt: 1 }, 'waiting', 'waiting'],
    ['written, and it asked', { state: 'connected', writtenAt: 1, lastRequestAt: 2 }, 'connected', 'ok'],
    ['changed outside', { state: 'changed', writtenAt: 1 }, 'changed', 'warning'],
    ['set up by hand', { state: 'by-hand' }, 'by-hand', 'off'],
    ['set up by hand, and it asked', { state: 'by-hand', requestsToday: 3 }, 'used', 'ok'],
    ['unreadable', { state: 'broken' }, 'broken', 'failed'],
    ['led elsewhere', { state: 'elsewhere' }, 'elsewhere', 'left'],
  ] as const)('%s', (_name, changes, state, kind) =>
    expect(shownState(sampleTool(changes))).toEqual({ state, kind }),
  );
});

const TOOLS = [
  sampleTool({ id: 'claude-code', state: 'not-found' }),
  sampleTool({ id: 'codex', state: 'connected' }),
  sampleTool({ id: 'zed', state: 'elsewhere' }),
  sampleTool({ id: 'open-webui', kind: 'app', state: 'by-hand' }),
];

it('the list has what is here first, then snippets, then what was not found', () =>
  expect(entryIds(groupsOf(TOOLS))).toEqual(['codex', 'zed', 'open-webui', 'snippets', 'claude-code']));

it('counts what is connected, and what could be', () =>
  expect(countTools(TOOLS)).toEqual({ connected: 1, changed: 0, broken: 0, open: 1 }));

describe('what is looked at first', () => {
  it.each([
    ['the first', [], 'codex'],
    ['what can be connected', [sampleTool({ id: 'aider' })], 'aider'],
    [
      'what was changed before that',
      [sampleTool({ id: 'aider' }), sampleTool({ id: 'continue', state: 'changed' })],
      'continue',
    ],
    [
      'what a variable keeps from working',
      [
        sampleTool({
          id: 'gemini-cli',
          state: 'connected',
          overrides: [{ variable: 'X', shown: 'y', file: null, line: 0 }],
        }),
      ],
      'gemini-cli',
    ],
  ] as const)('%s', (_name, more, id) => expect(firstEntry(groupsOf([...TOOLS, ...more]))).toBe(id));

  it('the snippets where no tool was found', () =>
    expect(
      firstEntry(
        groupsOf([sampleTool({ state: 'not-found' }), sampleTool({ id: 'langchain', state: 'by-hand' })]),
      ),
    ).toBe('snippets'));
});
