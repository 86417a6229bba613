/** Settings that would lead a tool past the address or the key that it gets go out with connecting, and come back. */
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../formats/index.ts';
import { patch, unpatch } from '../patch.ts';
import type { SettingPath } from '../tool.ts';
import { TOOLS } from './index.ts';

const WIRING = { address: 'http://127.0.0.1:8080', key: 'sk-local-0123456789', models: { main: 'demo' } };

const CLAUDE = `{
  "env": {
    "CLAUDE_CODE_USE_BEDROCK": "1",
    "AWS_REGION": "eu-west-1",
    "CLAUDE_CODE_USE_VERTEX": 1
  }
}
`;
/** As the guide has it for who sets it up by hand. */
const CODEX = `model_provider = "switchyard"

[model_providers.switchyard]
name = "Switchyard"
base_url = "http://127.0.0.1:8080/v1"
env_key = "GATEWAY_KEY" # in my shell
requires_openai_auth = true

[model_providers.switchyard.auth]
command = "key"
`;

describe.each<['claude-code' | 'codex', string, readonly SettingPath[]]>([
  [
    'claude-code',
    CLAUDE,
    [
      ['env', 'CLAUDE_CODE_USE_BEDROCK'],
      ['env', 'CLAUDE_CODE_USE_VERTEX'],
    ],
  ],
  [
    'codex',
    CODEX,
    ['env_key', 'requires_openai_auth', 'auth'].map((name) => ['model_providers', 'switchyard', name]),
  ],
])('%s', (tool, text, paths) => {
  const definition = TOOLS[tool];
  const [main] = definition.files;
  const file = main?.name ?? '';
  const format = FORMATS[main?.format ?? 'json'];
  const done = patch(format, text, definition.edits(WIRING, { [file]: text }));

  it('is led past nothing', () => {
    for (const path of paths) expect(format.get(done.text, path)).toBeUndefined();
    const { address, key } = definition.read({ [file]: done.text });
    expect([address, key]).toEqual([expect.stringContaining(WIRING.address), WIRING.key]);
  });

  it('has it back afterwards, and after another connection', () => {
    expect(unpatch(format, done.text, done.undo)).toBe(text);
    const again = patch(format, done.text, definition.edits(WIRING, { [file]: done.text }), done.undo);
    expect(again.text).toBe(done.text);
    expect(format.get(unpatch(format, `${again.text}\n`, again.undo) ?? '', [])).toEqual(
      format.get(text, []),
    );
  });
});

it('Claude Code is not called connected while a variable of its file leads to Amazon', () => {
  const definition = TOOLS['claude-code'];
  const env = (use: string): string =>
    JSON.stringify({ env: { ANTHROPIC_BASE_URL: WIRING.address, CLAUDE_CODE_USE_BEDROCK: use } });
  expect(definition.read({ settings: env('true') }).address).toBeNull();
  expect(definition.read({ settings: env('0') }).address).toBe(WIRING.address);
});

it('OpenCode has our provider in its lists, and has the lists back', () => {
  const text =
    '{\n  // for work\n  "enabled_providers": ["anthropic"],\n  "disabled_providers": ["x", "switchyard"]\n}\n';
  const definition = TOOLS.opencode;
  const done = patch(FORMATS.json, text, definition.edits(WIRING, { config: text }));
  expect(FORMATS.json.get(done.text, ['enabled_providers'])).toEqual(['anthropic', 'switchyard']);
  expect(FORMATS.json.get(done.text, ['disabled_providers'])).toEqual(['x']);
  const again = patch(FORMATS.json, done.text, definition.edits(WIRING, { config: done.text }), done.undo);
  expect(again.text).toBe(done.text);
  expect(unpatch(FORMATS.json, again.text.replace('work', 'home'), again.undo)).toBe(
    text.replace('work', 'home'),
  );
});
