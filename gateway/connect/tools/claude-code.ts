import type { ToolDefinition } from '../tool.ts';
import { atHome, below, modelEdit, setting, takenOut, textAt } from './parts.ts';

const FILE = 'settings';

/** Haiku is what Claude Code asks for in the background. */
const MODELS = {
  main: 'ANTHROPIC_MODEL',
  small: 'ANTHROPIC_DEFAULT_HAIKU_MODEL',
  sonnet: 'ANTHROPIC_DEFAULT_SONNET_MODEL',
  opus: 'ANTHROPIC_DEFAULT_OPUS_MODEL',
} as const;

/** Lead past any address. */
const PAST = ['CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_USE_FOUNDRY'];

/** `env` of its settings: variables that Claude Code sets for itself when it starts. */
export const claudeCode: ToolDefinition = {
  id: 'claude-code',
  name: 'Claude Code',
  kind: 'tool',
  dialect: 'anthropic-messages',
  files: [
    {
      name: FILE,
      format: 'json',
      refuses: ['comments', 'trailing-commas'],
      places: [below('CLAUDE_CONFIG_DIR', 'settings.json'), atHome('.claude', 'settings.json')],
    },
  ],
  programs: ['claude'],
  folders: [below('CLAUDE_CONFIG_DIR'), atHome('.claude')],
  slots: Object.keys(MODELS).map((id) => ({ id, required: false })),
  // Versions before 2.0.1 let the address of the shell win; the others lead past any address.
  variables: ['ANTHROPIC_BASE_URL', ...PAST],
  apps: ['Claude Code'],
  unreachable: null,
  read: ({ [FILE]: text }) => {
    const variable = (name: string): string | null => textAt('json', text, ['env', name]);
    const isPast = PAST.some((name) => /^(?:1|true|yes|on)$/i.test(variable(name) ?? ''));
    return {
      address: isPast ? null : variable('ANTHROPIC_BASE_URL'),
      key: variable('ANTHROPIC_AUTH_TOKEN') ?? variable('ANTHROPIC_API_KEY'),
      models: Object.fromEntries(Object.entries(MODELS).map(([slot, name]) => [slot, variable(name)])),
    };
  },
  edits: ({ address, key, models }, { [FILE]: text }) => [
    setting(FILE, ['env', 'ANTHROPIC_BASE_URL'], address),
    setting(FILE, ['env', 'ANTHROPIC_AUTH_TOKEN'], key),
    // A key of the shell would be asked about, and be sent besides.
    setting(FILE, ['env', 'ANTHROPIC_API_KEY'], ''),
    // Its picker lists the models of the gateway whose names have `claude` in them.
    setting(FILE, ['env', 'CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY'], '1'),
    ...Object.entries(MODELS).flatMap(([slot, name]) => modelEdit(FILE, ['env', name], models[slot])),
    ...takenOut(
      FILE,
      'json',
      text,
      PAST.map((name) => ['env', name]),
    ),
  ],
};
