import { FORMATS } from '../formats/index.ts';
import { settingValue } from '../formats/values.ts';
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
      // It lays the first of these over the second, and makes the first where there is neither.
      places: ['opencode.jsonc', 'opencode.json'].flatMap((name) => [
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
      textAt('json', text, ['providers', provider, 'settings', name]) ??
      textAt('json', text, ['provider', provider, 'options', name]);
    const slots = Object.entries(SLOTS).map(([slot, name]) => {
      const model = textAt('json', text, [name]);
      const own = model?.startsWith(`${PROVIDER}/`) === true;
      return [slot, own ? model.slice(PROVIDER.length + 1) : model] as const;
    });
    return { address: option('baseURL'), key: option('apiKey'), models: Object.fromEntries(slots) };
  },
  edits: ({ address, key, models }, { [FILE]: text }) => {
    const form = formOf(text);
    const provider = [form.providers, PROVIDER];
    return [
      setting(FILE, [...provider, form.package], '@ai-sdk/openai-compatible'),
      setting(FILE, [...provider, 'name'], 'Switchyard'),
      setting(FILE, [...provider, form.options, 'baseURL'], openAiBase(address)),
      setting(FILE, [...provider, form.options, 'apiKey'], key),
      ...Object.entries(SLOTS).flatMap(([slot, name]) => [
        ...listed(provider, models[slot]),
        ...modelEdit(FILE, [name], models[slot], (model) => `${PROVIDER}/${model}`),
      ]),
      ...chosenEdits(text),
    ];
  },
};

/** OpenCode knows only the models that are listed with their provider. */
function listed(provider: readonly string[], model: string | undefined): readonly SettingEdit[] {
  if (model === undefined || model === '') return [];
  return [setting(FILE, [...provider, 'models', model, 'name'], model)];
}

/** It passes over a provider that these lists leave out. */
function chosenEdits(text: string | undefined): readonly SettingEdit[] {
  const [only, without] = ['enabled_providers', 'disabled_providers'].map((name) => {
    const list = text === undefined ? undefined : FORMATS.json.get(text, [name]);
    return Array.isArray(list) ? list.map(settingValue) : undefined;
  });
  return [
    ...(only === undefined || only.includes(PROVIDER)
      ? []
      : [setting(FILE, ['enabled_providers'], [...only, PROVIDER])]),
    ...(without?.includes(PROVIDER) === true
      ? [
          setting(
            FILE,
            ['disabled_providers'],
            without.filter((name) => name !== PROVIDER),
          ),
        ]
      : []),
  ];
}

/** Version 2 reads the names of version 1 too, which stops at those of version 2: they are used where they are. */
function formOf(text: string | undefined): Form {
  const native = text !== undefined && FORMATS.json.get(text, ['providers']) !== undefined;
  return native
    ? { providers: 'providers', package: 'package', options: 'settings' }
    : { providers: 'provider', package: 'npm', options: 'options' };
}

interface Form {
  readonly providers: string;
  readonly package: string;
  readonly options: string;
}
