import type { ToolDefinition } from '../tool.ts';
import { atHome, below, modelEdit, setting, textAt } from './parts.ts';

const VARIABLES = 'variables';
const SETTINGS = 'settings';
const AUTH = ['security', 'auth', 'selectedType'];

/** Address, key and model in the `.env` of its folder; in its settings, that it uses a key instead of an account. */
export const geminiCli: ToolDefinition = {
  id: 'gemini-cli',
  name: 'Gemini CLI',
  kind: 'tool',
  dialect: 'gemini',
  files: [
    {
      name: VARIABLES,
      format: 'dotenv',
      places: [below('GEMINI_CLI_HOME', '.gemini', '.env'), atHome('.gemini', '.env')],
    },
    {
      name: SETTINGS,
      format: 'json',
      refuses: ['trailing-commas'],
      places: [below('GEMINI_CLI_HOME', '.gemini', 'settings.json'), atHome('.gemini', 'settings.json')],
    },
  ],
  programs: ['gemini'],
  folders: [below('GEMINI_CLI_HOME', '.gemini'), atHome('.gemini')],
  slots: [{ id: 'main', required: false }],
  // What is in the environment already, its `.env` does not replace.
  variables: [
    'GOOGLE_GEMINI_BASE_URL',
    'GEMINI_API_KEY',
    'GEMINI_MODEL',
    'GOOGLE_GENAI_USE_VERTEXAI',
    'GOOGLE_GENAI_USE_GCA',
  ],
  apps: ['Gemini CLI'],
  notes: ['gemini-trust'],
  unreachable: null,
  read: ({ [VARIABLES]: text, [SETTINGS]: settings }) => {
    const variable = (name: string): string | null => textAt('dotenv', text, [name]);
    const account = textAt('json', settings, AUTH);
    return {
      // An account of Google does not ask the address.
      address: account === 'oauth-personal' ? null : variable('GOOGLE_GEMINI_BASE_URL'),
      key: variable('GEMINI_API_KEY'),
      models: { main: variable('GEMINI_MODEL') },
    };
  },
  edits: ({ address, key, models }) => [
    setting(VARIABLES, ['GOOGLE_GEMINI_BASE_URL'], address),
    setting(VARIABLES, ['GEMINI_API_KEY'], key),
    ...modelEdit(VARIABLES, ['GEMINI_MODEL'], models['main']),
    // Left to itself it takes an address to mean the kind `gateway`, which it then refuses without a terminal.
    setting(SETTINGS, AUTH, 'gemini-api-key'),
  ],
};
