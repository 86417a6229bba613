import type { ToolDefinition } from '../tool.ts';
import { atHome, below, modelEdit, openAiBase, setting, takenOut, textAt } from './parts.ts';

const FILE = 'config';
const PROVIDER = 'switchyard';
const table = ['model_providers', PROVIDER];
/** Other ways to a key, which come before the one that is written or go with none beside them. */
const OTHER_KEYS = ['env_key', 'auth', 'requires_openai_auth'];

export const codex: ToolDefinition = {
  id: 'codex',
  name: 'Codex',
  kind: 'tool',
  dialect: 'openai-responses',
  files: [
    {
      name: FILE,
      format: 'toml',
      places: [below('CODEX_HOME', 'config.toml'), atHome('.codex', 'config.toml')],
    },
  ],
  programs: ['codex'],
  folders: [below('CODEX_HOME'), atHome('.codex')],
  slots: [{ id: 'main', required: true }],
  // Variables of OpenAI reach its own provider alone, not one of the file.
  variables: [],
  apps: ['Codex'],
  unreachable: null,
  read: ({ [FILE]: text }) => {
    const provider = textAt('toml', text, ['model_provider']);
    const of = (name: string): string | null =>
      provider === null ? null : textAt('toml', text, ['model_providers', provider, name]);
    return {
      address: of('base_url') ?? textAt('toml', text, ['openai_base_url']),
      key: of('experimental_bearer_token'),
      models: { main: textAt('toml', text, ['model']) },
    };
  },
  edits: ({ address, key, models }, { [FILE]: text }) => [
    ...modelEdit(FILE, ['model'], models['main']),
    setting(FILE, ['model_provider'], PROVIDER),
    setting(FILE, [...table, 'name'], 'Switchyard'),
    setting(FILE, [...table, 'base_url'], openAiBase(address)),
    setting(FILE, [...table, 'wire_api'], 'responses'),
    // `env_key` would need a variable wherever Codex is started, the desktop and the editor included.
    setting(FILE, [...table, 'experimental_bearer_token'], key),
    ...takenOut(
      FILE,
      'toml',
      text,
      OTHER_KEYS.map((name) => [...table, name]),
    ),
  ],
};
