/** Every tool there is, in the order of the page. */
import { TOOL_IDS, type ToolId, type ToolView } from '../../contract/rpc/procedures/connect.ts';
import type { ToolDefinition } from './tool.ts';

type Names = readonly [name: string, kind: ToolView['kind'], dialect: ToolView['dialect'], app: string];

const NAMES: Readonly<Record<ToolId, Names>> = {
  'claude-code': ['Claude Code', 'tool', 'anthropic-messages', 'Claude Code'],
  codex: ['Codex', 'tool', 'openai-responses', 'Codex'],
  'gemini-cli': ['Gemini CLI', 'tool', 'gemini', 'Gemini CLI'],
  opencode: ['OpenCode', 'tool', 'openai-chat', 'OpenCode'],
  cline: ['Cline', 'tool', 'openai-chat', 'Cline'],
  continue: ['Continue', 'tool', 'openai-chat', 'Continue'],
  aider: ['Aider', 'tool', 'openai-chat', 'Aider'],
  zed: ['Zed', 'app', 'openai-chat', 'Zed'],
  'open-webui': ['Open WebUI', 'app', 'openai-chat', 'Open WebUI'],
  langchain: ['LangChain', 'tool', 'openai-chat', 'LangChain'],
  cursor: ['Cursor', 'app', 'openai-chat', 'Cursor'],
};

export const DEFINITIONS: readonly ToolDefinition[] = TOOL_IDS.map((id) => {
  const [name, kind, dialect, app] = NAMES[id];
  return {
    id,
    name,
    kind,
    dialect,
    files: [],
    programs: [],
    folders: [],
    slots: [],
    variables: [],
    apps: [app],
    unreachable:
      id === 'cursor'
        ? 'Cursor asks from its own servers, which cannot reach an address of this machine.'
        : null,
    read: () => ({ address: null, key: null, models: {} }),
    edits: () => [],
  };
});
