import { expect, it } from 'vitest';
import type { ConnectPlan, ConnectView, ToolView } from '../../contract/rpc/procedures/connect.ts';
import { harmless, listText, planText } from './connect-text.ts';

const ESCAPES = '\u001B[2J\u001B]0;title\u0007\u009B31m\r\u202E\u2066';
const SHOWN = String.raw`\u001b[2J\u001b]0;title\u0007\u009b31m\u000d\u202e\u2066`;

const PLAN: ConnectPlan = {
  tool: 'claude-code',
  changes: [
    {
      path: '~/a',
      target: null,
      before: `// ${ESCAPES}x\n{}\n`,
      after: `// ${ESCAPES}x\n{\t"a": "ü 😀" }\n`,
    },
  ],
  version: 'v',
  notes: [{ code: 'unserved', values: {}, text: `Nothing serves ${ESCAPES} (main).` }],
};

it('a plan steers no terminal, and stays readable', () => {
  expect(planText(PLAN, false)).toBe(
    `--- ~/a\n+++ ~/a\n@@ -1,2 +1,2 @@\n // ${SHOWN}x\n-{}\n+{\t"a": "ü 😀" }\n\nNothing serves ${SHOWN} (main).\n`,
  );
});

it('colours are its own alone', () => {
  const text = planText(PLAN, true);
  expect(text).toContain('\u001B[31m-{}\u001B[0m');
  expect(text).not.toContain('\u001B[2J');
});

it('neither does the list', () => {
  const tool: ToolView = {
    id: 'codex',
    name: 'Codex',
    kind: 'tool',
    dialect: 'openai-responses',
    state: 'broken',
    files: [],
    address: null,
    slots: [],
    problems: [{ code: 'syntax', values: {}, text: `~/x, line 1: ${ESCAPES}\nforged` }],
    drift: [],
    overrides: [],
    backups: [],
    client: null,
    writtenAt: null,
    lastRequestAt: null,
    requestsToday: 0,
  };
  const view: ConnectView = { tools: [tool], local: true, address: 'http://127.0.0.1:8000' };
  expect(listText(view)).toBe(
    `Gateway: http://127.0.0.1:8000\ncodex  broken  ~/x, line 1: ${SHOWN}\\u000aforged\n`,
  );
});

it('nor a problem that ends the command', () => {
  expect(harmless(`no ${ESCAPES}`)).toBe(`no ${SHOWN}`);
});
