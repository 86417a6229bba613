/** A gateway whose pages other computers can open: it writes no file of a tool, and says how the tool is connected instead. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../../fixtures/test.ts';

test.use({ start: { config: `server: { host: 0.0.0.0, api_key: client-key-0123456789 }\n` } });

test('a tool is connected by a command, and its file stays as it is', async ({ app, page }) => {
  const file = join(app.home, '.claude', 'settings.json');
  await mkdir(join(app.home, '.claude'));
  await writeFile(file, '{}\n');
  await app.open('/connect/claude-code');
  const tool = page.getByRole('region', { name: 'Claude Code' });
  await expect(tool).toContainText('The pages of this gateway can be opened from other computers');
  await expect(tool.getByRole('button', { name: 'Write change' })).toHaveCount(0);
  await expect(tool).toContainText('switchyard connect claude-code');
  expect(await readFile(file, 'utf8')).toBe('{}\n');
});
