import type { SettingEdit, ToolDefinition } from '../tool.ts';
import { atHome, below, modelEdit, openAiBase, setting, textAt } from './parts.ts';

const FILE = 'config';
const PROVIDER = 'switchyard';
const SLOTS = { main: 'model', small: 'small_model' } as const;

export const opencode: ToolDefinition = {
  id: 'opencode',
  name: 'OpenCode',
  kind: 'tool',
  dialect: 'openai-chat',
  files: [
    {
      name: FILE,
      format: 'json',
      places: ['opencode.json', 'opencode.jsonc'].flatMap((name) => [
        below('XDG_CONFIG_HOME', 'opencode', name),
        atHome('.config', 'opencode', name),
      ]),
    },
  ],
  programs: ['opencode'],
  folders: [below('XDG_CONFIG_HOME', 'opencode'), atHome('.config', 'opencode')],
  slots: [
    { id: 'main', required: true },
    { id: 'small', required: false },
  ],
  // Further settings that are laid over those of the file.
  variables: ['OPENCODE_CONFIG', 'OPENCODE_CONFIG_CONTENT'],
  apps: ['OpenCode'],
  unreachable: null,
  read: ({ [FILE]: text }) => {
    const main = textAt('json', text, ['model']);
    const [provider = PROVIDER] = main?.split('/') ?? [];
    const option = (name: string): string | null =>
      textAt('json', text, ['provider', provider, 'options', name]);
    const slots = Object.entries(SLOTS).map(([slot, name]) => {
      const model = textAt('json', text, [name]);
      const own = model?.startsWith(`${PROVIDER}/`) === true;
      return [slot, own ? model.slice(PROVIDER.length + 1) : model] as const;
    });
    return { address: option('baseURL'), key: option('apiKey'), models: Object.fromEntries(slots) };
  },
  edits: ({ address, key, models }) => [
    setting(FILE, ['provider', PROVIDER, 'npm'], '@ai-sdk/openai-compatible'),
    setting(FILE, ['provider', PROVIDER, 'name'], 'Switchyard'),
    setting(FILE, ['provider', PROVIDER, 'options', 'baseURL'], openAiBase(address)),
    setting(FILE, ['provider', PROVIDER, 'options', 'apiKey'], key),
    ...Object.entries(SLOTS).flatMap(([slot, name]) => [
      ...listed(models[slot]),
      ...modelEdit(FILE, [name], models[slot], (model) => `${PROVIDER}/${model}`),
    ]),
  ],
};

/** OpenCode knows only the models that are listed with their provider. */
function listed(model: string | undefined): readonly SettingEdit[] {
  if (model === undefined || model === '') return [];
  return [setting(FILE, ['provider', PROVIDER, 'models', model, 'name'], model)];
}
