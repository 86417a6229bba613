import { FORMATS } from '../formats/index.ts';
import type { FilePlace, SettingEdit, ToolDefinition } from '../tool.ts';
import { openAiBase, setting, textAt } from './parts.ts';

const FILE = 'settings';
const PROVIDER = 'Switchyard';
const provider = ['language_models', 'openai_compatible', PROVIDER];
const DEFAULT_MODEL = ['agent', 'default_model'];
/** What a model can take in, in tokens: Zed insists on a figure, and cuts off what is more. */
const CONTEXT_TOKENS = 128_000;

const UNIX: readonly NodeJS.Platform[] = ['linux', 'darwin', 'freebsd', 'openbsd'];
const LINUX: readonly NodeJS.Platform[] = ['linux', 'freebsd', 'openbsd'];
const places = (...name: readonly string[]): readonly FilePlace[] => [
  { variable: 'XDG_CONFIG_HOME', path: ['zed', ...name], platforms: LINUX },
  { variable: null, path: ['.config', 'zed', ...name], platforms: UNIX },
  { variable: 'APPDATA', path: ['Zed', ...name], platforms: ['win32'] },
];

/** Zed keeps keys in the keychain of the system and nowhere else: its key is typed in there once. */
export const zed: ToolDefinition = {
  id: 'zed',
  name: 'Zed',
  kind: 'tool',
  dialect: 'openai-chat',
  files: [{ name: FILE, format: 'json', places: places('settings.json') }],
  programs: ['zed', 'zeditor'],
  folders: places(),
  slots: [{ id: 'main', required: true }],
  variables: [],
  apps: ['Zed'],
  unreachable: null,
  notes: ['zed-key'],
  read: ({ [FILE]: text }) => {
    const chosen = textAt('json', text, [...DEFAULT_MODEL, 'provider']);
    const name = chosen ?? PROVIDER;
    return {
      address:
        textAt('json', text, ['language_models', 'openai_compatible', name, 'api_url']) ??
        textAt('json', text, ['language_models', name, 'api_url']),
      key: null,
      models: { main: textAt('json', text, [...DEFAULT_MODEL, 'model']) },
    };
  },
  edits: ({ address, models }, { [FILE]: text }) => {
    const main = models['main'];
    return [
      setting(FILE, [...provider, 'api_url'], openAiBase(address)),
      ...(main === undefined ? [] : modelEdits(main, text)),
    ];
  },
};

function modelEdits(model: string, text: string | undefined): readonly SettingEdit[] {
  if (model === '') return [setting(FILE, DEFAULT_MODEL, undefined)];
  const tokens = [...provider, 'available_models', { key: 'name', is: model }, 'max_tokens'];
  const known = text !== undefined && FORMATS.json.get(text, tokens) !== undefined;
  return [
    // Who has set the right figure meanwhile keeps it.
    ...(known ? [] : [setting(FILE, tokens, CONTEXT_TOKENS)]),
    setting(FILE, [...DEFAULT_MODEL, 'provider'], PROVIDER),
    setting(FILE, [...DEFAULT_MODEL, 'model'], model),
  ];
}
