import { FORMATS } from '../formats/index.ts';
import type { SettingEdit, TextEdit, ToolDefinition } from '../tool.ts';
import { atHome, below, modelEdit, openAiBase, setting, textAt } from './parts.ts';

const FILE = 'providers';
const PROVIDER = 'openai-compatible';
const entry = ['providers', PROVIDER];

/** What the file has to say besides; who has it already keeps it. The time must be there, and is Cline's to change. */
const BESIDES: readonly TextEdit[] = [
  { path: ['version'], value: 1 },
  { path: [...entry, 'tokenSource'], value: 'manual' },
  { path: [...entry, 'updatedAt'], value: '2026-01-01T00:00:00.000Z', restless: true },
];

/** The file that its command line and its extension share; before version 4, the extension had settings of its own. */
export const cline: ToolDefinition = {
  id: 'cline',
  name: 'Cline',
  kind: 'tool',
  dialect: 'openai-chat',
  files: [
    {
      name: FILE,
      format: 'json',
      refuses: ['comments', 'trailing-commas'],
      places: [
        below('CLINE_DATA_DIR', 'settings', 'providers.json'),
        below('CLINE_DIR', 'data', 'settings', 'providers.json'),
        atHome('.cline', 'data', 'settings', 'providers.json'),
      ],
    },
  ],
  programs: ['cline'],
  folders: [below('CLINE_DIR'), atHome('.cline')],
  slots: [{ id: 'main', required: true }],
  variables: ['CLINE_PROVIDER_SETTINGS_PATH'],
  apps: ['Cline'],
  unreachable: null,
  notes: ['cline-extension'],
  read: ({ [FILE]: text }) => {
    const provider = textAt('json', text, ['lastUsedProvider']);
    const of = (name: string): string | null =>
      provider === null ? null : textAt('json', text, ['providers', provider, 'settings', name]);
    return { address: of('baseUrl'), key: of('apiKey'), models: { main: of('model') } };
  },
  edits: ({ address, key, models }, { [FILE]: text }) => [
    ...BESIDES.flatMap((edit): readonly SettingEdit[] =>
      text !== undefined && FORMATS.json.get(text, edit.path) !== undefined ? [] : [{ file: FILE, ...edit }],
    ),
    setting(FILE, ['lastUsedProvider'], PROVIDER),
    setting(FILE, [...entry, 'settings', 'provider'], PROVIDER),
    setting(FILE, [...entry, 'settings', 'baseUrl'], openAiBase(address)),
    setting(FILE, [...entry, 'settings', 'apiKey'], key),
    ...modelEdit(FILE, [...entry, 'settings', 'model'], models['main']),
  ],
};
