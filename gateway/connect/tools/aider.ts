import type { ToolDefinition } from '../tool.ts';
import { atHome, modelEdit, openAiBase, setting, textAt } from './parts.ts';

const FILE = 'config';
/** Names the kind of provider to Aider, and is not sent. */
const PREFIX = 'openai/';
const SLOTS = { main: 'model', small: 'weak-model' } as const;

export const aider: ToolDefinition = {
  id: 'aider',
  name: 'Aider',
  kind: 'tool',
  dialect: 'openai-chat',
  files: [{ name: FILE, format: 'yaml', places: [atHome('.aider.conf.yml')] }],
  programs: ['aider'],
  folders: [atHome('.aider')],
  slots: [
    { id: 'main', required: true },
    { id: 'small', required: false },
  ],
  variables: ['AIDER_OPENAI_API_BASE', 'AIDER_OPENAI_API_KEY', 'AIDER_MODEL', 'AIDER_WEAK_MODEL'],
  apps: ['Aider'],
  unreachable: null,
  read: ({ [FILE]: text }) => ({
    address: textAt('yaml', text, ['openai-api-base']),
    key: textAt('yaml', text, ['openai-api-key']),
    models: Object.fromEntries(
      Object.entries(SLOTS).map(([slot, name]) => {
        const model = textAt('yaml', text, [name]);
        return [slot, model?.startsWith(PREFIX) === true ? model.slice(PREFIX.length) : model];
      }),
    ),
  }),
  edits: ({ address, key, models }) => [
    setting(FILE, ['openai-api-base'], openAiBase(address)),
    setting(FILE, ['openai-api-key'], key),
    ...Object.entries(SLOTS).flatMap(([slot, name]) =>
      modelEdit(FILE, [name], models[slot], (model) => `${PREFIX}${model}`),
    ),
  ],
};
