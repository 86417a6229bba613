/** Every tool that can be connected, by its id. */
import type { ToolId } from '../../../contract/rpc/procedures/connect.ts';
import type { ToolDefinition } from '../tool.ts';
import { aider } from './aider.ts';
import { cursor, langchain, openWebUi } from './by-hand.ts';
import { claudeCode } from './claude-code.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { continueDev } from './continue.ts';
import { geminiCli } from './gemini-cli.ts';
import { opencode } from './opencode.ts';
import { zed } from './zed.ts';

export const TOOLS: Readonly<Record<ToolId, ToolDefinition>> = {
  'claude-code': claudeCode,
  codex,
  'gemini-cli': geminiCli,
  opencode,
  cline,
  continue: continueDev,
  aider,
  zed,
  'open-webui': openWebUi,
  langchain,
  cursor,
};
