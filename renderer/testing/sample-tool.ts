/** A tool as the engine would tell of it; whole and adjustable. */
import type { ConnectPlan, ConnectView, ToolView } from '../../contract/rpc/procedures/connect.ts';

/** Found, and not connected yet, unless changed. */
export function sampleTool(changes: Partial<ToolView> = {}): ToolView {
  return {
    id: 'claude-code',
    name: 'Claude Code',
    kind: 'tool',
    dialect: 'anthropic-messages',
    state: 'not-connected',
    files: ['~/.claude/settings.json'],
    address: null,
    slots: [
      { id: 'main', current: null, required: false },
      { id: 'small', current: null, required: false },
    ],
    problems: [],
    drift: [],
    overrides: [],
    backups: [],
    client: null,
    writtenAt: null,
    lastRequestAt: null,
    requestsToday: 0,
    ...changes,
  };
}

export function sampleConnect(tools: readonly ToolView[], changes: Partial<ConnectView> = {}): ConnectView {
  return { tools, local: true, address: 'http://127.0.0.1:8000', ...changes };
}

/** One line more in the settings of Claude Code, unless changed. */
export function samplePlan(changes: Partial<ConnectPlan> = {}): ConnectPlan {
  return {
    tool: 'claude-code',
    changes: [
      {
        path: '~/.claude/settings.json',
        target: null,
        before: '{\n  "env": {\n    "A": "1"\n  }\n}\n',
        after: '{\n  "env": {\n    "A": "1",\n    "ANTHROPIC_BASE_URL": "http://127.0.0.1:8000"\n  }\n}\n',
      },
    ],
    version: 'v1',
    notes: [],
    ...changes,
  };
}
