/** The list of keys in docs/using.md is that of the app. */
import { expect, it } from 'vitest';
import en from '../../../resources/locales/en.json';
import guide from '../../../docs/using.md?raw';
import { COMMANDS } from '../../../contract/rpc/commands.ts';
import { PAGE_KEYS } from '../../../contract/rpc/pages.ts';
import { keyText } from '../../shared/composables/key-names.ts';
import { messageAt } from '../palette/other-language.ts';

const rows = [
  ...Object.entries(PAGE_KEYS).map(([name, key]) => ({ label: `pages.${name}`, keys: [key] })),
  ...COMMANDS.filter(({ keys }) => keys.length > 0),
].map(({ label, keys }) => ({
  text: messageAt(en, label),
  keys: keys.map((key) => `\`${keyText(key, false).replace(' ', '+')}\``).join(', '),
}));

it.each(rows)('$text has $keys', ({ text, keys }) => {
  const cells = guide.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  expect(cells).toContainEqual(['', keys, text, '']);
});
