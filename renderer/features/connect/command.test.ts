import { expect, it } from 'vitest';
import { connectCommand } from './command.ts';

it.each([
  [{ does: 'connect', models: {}, ownKey: true }, 'switchyard connect codex'],
  [
    { does: 'connect', models: { main: 'openai/gpt-5', small: "o'clock" }, ownKey: false },
    String.raw`switchyard connect codex --model openai/gpt-5 --small-model 'o'\''clock' --no-own-key`,
  ],
  [{ does: 'connect', models: { main: '' } }, "switchyard connect codex --model ''"],
  [{ does: 'connect', models: { opus: 'fast' } }, null],
  [{ does: 'remove' }, 'switchyard connect codex --remove'],
  [{ does: 'restore', backup: 'config.toml.1' }, 'switchyard connect codex --restore config.toml.1'],
  [{ does: 'silence', variable: 'X', file: '~/.zshrc' }, null],
] as const)('%j is %s', (order, command) => expect(connectCommand('codex', order, false)).toBe(command));

it('shows what it would do first', () =>
  expect(connectCommand('zed', { does: 'remove' }, true)).toBe('switchyard connect zed --remove --dry-run'));
