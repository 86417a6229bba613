import { told } from '../sayings.ts';
import {
  SettingsSyntaxError,
  type SettingEdit,
  type SettingPath,
  type ToolDefinition,
  type Wiring,
} from '../tool.ts';
import { atHome, below, openAiBase, setting, textAt } from './parts.ts';

const FILE = 'config';
const OLD_FILE = 'old';
/** What a file of settings has to say of itself. */
const HEAD = { name: 'Local Config', version: '1.0.0', schema: 'v1' } as const;

const MODELS = [
  { slot: 'main', name: 'Switchyard', roles: ['chat', 'edit', 'apply'] },
  { slot: 'autocomplete', name: 'Switchyard Autocomplete', roles: ['autocomplete'] },
] as const;
type Model = (typeof MODELS)[number];

const entryOf = ({ name }: Model): SettingPath => ['models', { key: 'name', is: name }];

export const continueDev: ToolDefinition = {
  id: 'continue',
  name: 'Continue',
  kind: 'tool',
  dialect: 'openai-chat',
  files: [
    {
      name: FILE,
      format: 'yaml',
      places: [below('CONTINUE_GLOBAL_DIR', 'config.yaml'), atHome('.continue', 'config.yaml')],
    },
    {
      name: OLD_FILE,
      format: 'json',
      places: [below('CONTINUE_GLOBAL_DIR', 'config.json'), atHome('.continue', 'config.json')],
    },
  ],
  programs: ['cn'],
  folders: [below('CONTINUE_GLOBAL_DIR'), atHome('.continue')],
  slots: [
    { id: 'main', required: true },
    { id: 'autocomplete', required: false },
  ],
  variables: [],
  apps: ['Continue'],
  unreachable: null,
  read: ({ [FILE]: text }) => {
    const of = (model: Model, name: string): string | null => textAt('yaml', text, [...entryOf(model), name]);
    const [main] = MODELS;
    return {
      address: of(main, 'apiBase'),
      key: of(main, 'apiKey'),
      models: Object.fromEntries(MODELS.map((model) => [model.slot, of(model, 'model')])),
    };
  },
  edits: (wiring, { [FILE]: text, [OLD_FILE]: old }) => {
    if (text === undefined && old !== undefined) {
      throw new SettingsSyntaxError(told('continue-old'), 1, 1);
    }
    const head = Object.entries(HEAD).filter(([name]) => textAt('yaml', text, [name]) === null);
    return [
      ...head.map(([name, value]) => setting(FILE, [name], value)),
      ...MODELS.flatMap((model) => modelEdits(model, wiring, text)),
    ];
  },
};

function modelEdits(
  model: Model,
  { address, key, models }: Wiring,
  text: string | undefined,
): readonly SettingEdit[] {
  const wanted = models[model.slot];
  const entry = entryOf(model);
  if (wanted === '') return [setting(FILE, entry, undefined)];
  const present = textAt('yaml', text, [...entry, 'model']) !== null;
  if (wanted === undefined && !present) return [];
  return [
    setting(FILE, [...entry, 'provider'], 'openai'),
    ...(wanted === undefined ? [] : [setting(FILE, [...entry, 'model'], wanted)]),
    setting(FILE, [...entry, 'apiBase'], openAiBase(address)),
    setting(FILE, [...entry, 'apiKey'], key),
    // Which roles it has is the user's to change afterwards.
    ...(present ? [] : [setting(FILE, [...entry, 'roles'], model.roles)]),
  ];
}
