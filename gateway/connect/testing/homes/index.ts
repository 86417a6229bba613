/** A home for each tool that has files: its texts by the names of its definition. */
import type { ToolTexts } from '../../tool.ts';
import {
  AIDER,
  CLAUDE_CODE,
  CLINE,
  CODEX,
  CONTINUE,
  GEMINI_SETTINGS,
  GEMINI_VARIABLES,
  OPENCODE,
  ZED,
} from './texts.ts';

export const HOMES = {
  'claude-code': { settings: CLAUDE_CODE },
  codex: { config: CODEX },
  'gemini-cli': { variables: GEMINI_VARIABLES, settings: GEMINI_SETTINGS },
  opencode: { config: OPENCODE },
  cline: { providers: CLINE },
  continue: { config: CONTINUE },
  aider: { config: AIDER },
  zed: { settings: ZED },
} as const satisfies Readonly<Record<string, ToolTexts>>;
