/** Tools of this computer are pointed at the gateway, watched, and let go again. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { violations } from '../fixtures/axe.ts';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

const SETTINGS = '{\r\n  "cleanupPeriodDays":  30 ,\r\n  "env": { "DISABLE_TELEMETRY": "1" }\r\n}';

const fileOf = ({ home }: SwitchyardApp, path: string): string => join(home, ...path.split('/'));
async function put(app: SwitchyardApp, path: string, text: string): Promise<void> {
  await mkdir(dirname(fileOf(app, path)), { recursive: true });
  await writeFile(fileOf(app, path), text);
}
const read = (app: SwitchyardApp, path: string): Promise<string> => readFile(fileOf(app, path), 'utf8');

const CLAUDE = '.claude/settings.json';

test('a tool is connected by keyboard, seen at its first request, and taken back', async ({ app, page }) => {
  await put(app, CLAUDE, SETTINGS);
  await app.open('/connect');
  const entry = page.getByRole('link', { name: /Claude Code/ });
  await expect(entry).toContainText('Not connected');

  // From the list to the model, the change, and the file, without a pointer.
  await entry.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Main model' }).focus();
  await page.keyboard.type('demo/ch');
  await expect(page.getByRole('option', { name: 'demo/chat', exact: true })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Main model' })).toHaveValue('demo/chat');
  const diff = page.getByRole('figure', { name: 'Diff of settings.json' });
  await expect(diff).toContainText('"demo/chat"');
  await expect(diff).toContainText(app.gatewayAddress);
  expect(await read(app, CLAUDE)).toBe(SETTINGS);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Waiting for the first request since it was written')).toBeVisible();
  await expect(entry).toContainText('Waiting');

  const written = await read(app, CLAUDE);
  expect(written).toContain(app.gatewayAddress);
  expect(written).toContain('"cleanupPeriodDays":  30 ,\r\n');
  const key = /sy-[\w-]{20,}/.exec(written)?.[0] ?? '';
  expect(key).not.toBe('');
  // The page shows what is written, but no key.
  expect(await page.content()).not.toContain(key);

  await ask(app, 'hello');
  await expect(page.getByText('A request arrived')).toBeVisible();
  await expect(entry).toContainText('Connected');

  await page.getByRole('button', { name: 'Remove' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'What removing changes' })).toBeFocused();
  await expect(diff).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove' }).last()).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(entry).toContainText('Not connected');
  await expect.poll(() => read(app, CLAUDE)).toBe(SETTINGS);
});

test('what was written is undone, compared and restored', async ({ app, page }) => {
  await put(app, CLAUDE, SETTINGS);
  await app.open('/connect/claude-code');
  await page.getByRole('button', { name: 'Write change' }).click();
  await expect(page.getByText('Claude Code is connected')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Claude Code is as it was before')).toBeVisible();
  await expect.poll(() => read(app, CLAUDE)).toBe(SETTINGS);

  await page.getByRole('button', { name: 'Write change' }).click();
  await expect(page.getByText('Nothing to write: connected as it is.')).toBeVisible();
  await page
    .getByRole('button', { name: /^Compare with/ })
    .last()
    .click();
  await expect(page.getByRole('heading', { name: 'What restoring changes' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Change to be written' })).toBeVisible();
  await page
    .getByRole('button', { name: /^Restore settings/ })
    .last()
    .click();
  await expect.poll(() => read(app, CLAUDE)).toBe(SETTINGS);
});

test('somebody else in the file: told, kept or written again', async ({ app, page }) => {
  await put(app, CLAUDE, SETTINGS);
  await app.open('/connect/claude-code');
  await page.getByRole('combobox', { name: 'Main model' }).fill('demo/chat');
  await expect(page.getByRole('figure')).toContainText('"demo/chat"');
  await page.getByRole('button', { name: 'Write change' }).click();
  await expect(page.getByText('Nothing to write: connected as it is.')).toBeVisible();

  const theirs = (await read(app, CLAUDE)).replace('demo/chat', 'theirs');
  await put(app, CLAUDE, theirs);
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByText('1 value differs from what was written')).toBeVisible();
  await expect(page.getByText('env.ANTHROPIC_MODEL', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Keep theirs' }).click();
  await expect(page.getByText('Claude Code: kept as it is')).toBeVisible();
  expect(await read(app, CLAUDE)).toBe(theirs);
  await expect(page.getByText('What Switchyard wrote was changed')).toBeHidden();

  // A change behind the page's back is no accident.
  await page.getByRole('combobox', { name: 'Small model' }).fill('demo/chat');
  await expect(page.getByRole('figure')).toContainText('+');
  await put(app, CLAUDE, theirs.replace('30', '31'));
  await page.getByRole('button', { name: 'Write change' }).click();
  await expect(page.getByText('A file changed in the meantime, so nothing was written.')).toBeVisible();
  await page.getByRole('button', { name: 'Write change' }).click();
  await expect.poll(() => read(app, CLAUDE)).toContain('"cleanupPeriodDays":  31');
  await expect(page.getByText('Nothing to write: connected as it is.')).toBeVisible();
});

test('broken syntax is told with its line and left alone', async ({ app, page }) => {
  const broken = '{\n  "env": {\n    "A" "1"\n  }\n}\n';
  await put(app, CLAUDE, broken);
  await app.open('/connect/claude-code');
  await expect(page.getByText(/settings\.json, line 3/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Write change' })).toBeHidden();
  expect(await violations(page, 'broken')).toEqual([]);
  await put(app, CLAUDE, SETTINGS);
  await page.getByRole('button', { name: 'Look again' }).last().click();
  await expect(page.getByRole('button', { name: 'Write change' })).toBeVisible();
});

test('a variable that wins is shown with its line, and commented out', async ({ app, page }) => {
  await put(app, CLAUDE, SETTINGS);
  await put(app, '.zshrc', 'alias a=b\nexport ANTHROPIC_BASE_URL=https://proxy.example\n');
  await app.open('/connect/claude-code');
  await expect(page.getByText('ANTHROPIC_BASE_URL=https://proxy.example')).toBeVisible();
  await page.getByRole('button', { name: 'Comment it out…' }).click();
  await expect(page.getByRole('figure', { name: 'Diff of .zshrc' })).toContainText('# export');
  await page.getByRole('button', { name: 'Comment it out', exact: true }).click();
  await expect(page.getByText('The line is commented out')).toBeVisible();
  await expect
    .poll(() => read(app, '.zshrc'))
    .toBe('alias a=b\n# export ANTHROPIC_BASE_URL=https://proxy.example\n');
  await expect(page.getByText('An environment variable wins over this file.')).toHaveCount(0);
});

test('where no tool is, snippets stand ready, and Cursor has its reason', async ({ app, page }) => {
  await app.open('/connect');
  await expect(page.getByText('Read by the SDKs of all three formats')).toBeVisible();
  await page.getByRole('button', { name: 'fish' }).click();
  const shell = page.getByRole('figure').filter({ hasText: 'set -gx' });
  await shell.getByRole('button').click();
  await expect.poll(() => app.clipboard()).toContain(`set -gx OPENAI_BASE_URL ${app.gatewayAddress}/v1`);
  await page.getByRole('link', { name: /Cursor/ }).click();
  await expect(page.getByText('Cursor sends its requests from its own servers.')).toBeVisible();
});
