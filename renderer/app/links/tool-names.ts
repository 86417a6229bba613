/** Names of tools as their makers write them. */
import type { ToolId } from '../../../contract/rpc/procedures/connect.ts';

export const TOOL_NAMES: Readonly<Record<ToolId, string>> = {
  'claude-code': 'Claude Code',
  codex: 'Codex',
  'gemini-cli': 'Gemini CLI',
  opencode: 'OpenCode',
  cline: 'Cline',
  continue: 'Continue',
  aider: 'Aider',
  zed: 'Zed',
  'open-webui': 'Open WebUI',
  langchain: 'LangChain',
  cursor: 'Cursor',
};
