import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it, test } from 'vitest';
import { providers } from './registry.ts';

const BEGIN = '<!-- quirks -->';
const END = '<!-- /quirks -->';
const FORMATS: Readonly<Record<string, string>> = {
  'openai-chat': 'Chat',
  'openai-responses': 'Responses',
  'anthropic-messages': 'Messages',
  gemini: 'Gemini',
};

const at = (path: string): URL => new URL(path, import.meta.url);
const read = (path: string): Promise<string> => readFile(at(path), 'utf8');
const cell = (text: string): string => text.replaceAll('|', '\\|');

const rows = Object.values(providers).flatMap(({ id, quirks }) =>
  quirks.map(
    ({ dialect, reason, relayedWith }) =>
      `| \`${id}\` | ${FORMATS[dialect] ?? dialect} | ${cell(reason)} | ${relayedWith === undefined ? 'no' : 'yes'} |`,
  ),
);

// After a change of the registry: vitest run --project unit gateway/providers/quirks-doc.test.ts -u
it('docs/protocols.md lists the quirks of the registry', async () => {
  const text = await read('../../docs/protocols.md');
  const [before, rest] = text.split(BEGIN);
  const [, after] = (rest ?? '').split(END);
  expect(after).toBeDefined();
  const table = ['| provider | format | why | in passed bytes |', '| --- | --- | --- | --- |', ...rows];
  const config = await resolveConfig(at('../../docs/protocols.md'));
  const document = await format(`${before}${BEGIN}\n\n${table.join('\n')}\n\n${END}${after}`, {
    ...config,
    parser: 'markdown',
  });
  await expect(document).toMatchFileSnapshot('../../docs/protocols.md');
});

describe('every built-in provider is named for those who write a configuration', () => {
  test.each(Object.keys(providers).filter((id) => id !== 'custom'))('%s', async (id) => {
    expect(await read('../../docs/configuration.md')).toContain(`\`${id}\``);
  });
});
