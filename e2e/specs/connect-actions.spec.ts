/** What the connect page offers beside writing and taking back: each is done once. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

const CLAUDE = '.claude/settings.json';
async function put({ home }: SwitchyardApp, path: string, text: string): Promise<void> {
  const file = join(home, ...path.split('/'));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

test('a tool is tested, shown as a command, given no key of its own, and leads to its requests', async ({
  app,
  page,
}) => {
  await put(app, CLAUDE, '{}\n');
  await app.open('/connect');
  await page.getByRole('link', { name: /Claude Code/ }).waitFor();
  // Down the list and back, and looked at again, by key.
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('r');
  await app.open('/connect/claude-code');
  await page.getByRole('button', { name: 'Copy path' }).first().click();
  await expect.poll(() => app.clipboard()).toMatch(/\.claude/);
  await page.getByRole('combobox', { name: 'Main model' }).fill('demo/chat');
  const diff = page.getByRole('figure', { name: 'Diff of settings.json' });
  await expect(diff).toContainText('demo/chat');
  await page.getByRole('switch', { name: 'Its own key' }).click();
  await expect(page.getByText('none is needed')).toBeVisible();
  const look = page.getByRole('group', { name: 'How the change is shown' });
  await look.getByRole('button', { name: 'Command' }).click();
  await expect(page.getByText(/switchyard connect claude-code/).first()).toBeVisible();
  await look.getByRole('button', { name: 'Diff' }).click();
  await page.getByRole('button', { name: 'Write change' }).click();
  await expect(page.getByText('Waiting for the first request since it was written')).toBeVisible();

  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(page.getByText(/^Answered in/)).toBeVisible();
  await page.getByRole('link', { name: 'Show in the log' }).click();
  await expect(page).toHaveURL(/requests\/req_/);
  await page.goBack();
  await page.getByRole('link', { name: 'Requests from this tool' }).click();
  await expect(page).toHaveURL(/#\/requests\?q=/);
});

test('snippets of every kind are copied, and what a tool is given by hand', async ({ app, page }) => {
  await app.open('/connect/snippets');
  const panel = page.getByRole('region', { name: 'Shell and SDKs' });
  await panel.getByRole('button', { name: 'Copy base URL' }).click();
  await expect.poll(() => app.clipboard()).toBe(`${app.gatewayAddress}/v1`);
  const figures = panel.getByRole('figure');
  await expect(figures.first()).toBeVisible();
  for (let place = 0; place < (await figures.count()); place += 1) {
    const text = (await figures.nth(place).locator('pre').innerText()).trim();
    await figures.nth(place).getByRole('button').click();
    await expect.poll(async () => (await app.clipboard()).trim()).toBe(text);
  }
  await app.open('/connect/open-webui');
  await page.getByRole('button', { name: 'Copy API key' }).click();
  await expect.poll(() => app.clipboard()).not.toContain('http');
  await page.getByRole('button', { name: 'Copy model' }).click();
  await expect.poll(() => app.clipboard()).toContain('demo/');
});

test('the first steps write a tool after a look, and take that back', async ({ app, page }) => {
  await put(app, CLAUDE, '{}\n');
  const settings = (): Promise<string> => readFile(join(app.home, ...CLAUDE.split('/')), 'utf8');
  await app.open('/welcome');
  await page.getByRole('button', { name: 'Connect Claude Code' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Connect Claude Code' }).click();
  await expect(page.getByRole('figure').first()).toContainText(app.gatewayAddress);
  await page.getByRole('button', { name: 'Write change' }).click();
  await expect.poll(settings).toContain(app.gatewayAddress);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(settings).toBe('{}\n');
  await page.getByRole('button', { name: 'Another tool, or by hand' }).click();
  await page.getByRole('button', { name: 'Python' }).click();
  await expect(page.getByRole('figure').last()).toContainText('OpenAI(');
  await page.getByRole('button', { name: 'Copy base URL' }).click();
  await expect.poll(() => app.clipboard()).toBe(`${app.gatewayAddress}/v1`);
  await page.getByRole('button', { name: 'Add another' }).click();
  await page.getByRole('button', { name: 'Use the demo' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await ask(app, 'hello');
  await page.getByRole('link', { name: 'Show it in full' }).click();
  await expect(page).toHaveURL(/requests\/req_/);
});
