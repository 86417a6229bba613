/** Tools by key and on a phone: their list is walked, what would be changed is looked at and given up, files come and go. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures/test.ts';

test.use({ start: { config: `providers: [{ id: openai, models: [gpt-5] }]\n` } });

test('the list is walked by arrows, a phone goes back to it, a look at what would change ends where it began', async ({
  app,
  page,
}) => {
  const file = join(app.home, '.claude', 'settings.json');
  await mkdir(join(app.home, '.claude'));
  await writeFile(file, '{"env":{"ANTHROPIC_BASE_URL":"https://elsewhere.example/"}}\n');
  await app.open('/connect');
  const list = page.getByRole('navigation', { name: 'Tools' });
  const links = list.getByRole('link');
  const claude = links.filter({ hasText: 'Claude Code' });
  const snippets = links.filter({ hasText: 'Shell and SDKs' });
  await claude.focus();
  await page.keyboard.press('End');
  await expect(links.last()).toBeFocused();
  await expect(page.getByRole('region', { name: 'Zed' })).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(links.nth(-2)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(links.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(links.nth(1)).toBeFocused();

  await page.setViewportSize({ width: 375, height: 800 });
  await app.open('/connect');
  for (const [link, name] of [
    [claude, 'Claude Code'],
    [snippets, 'Shell and SDKs'],
  ] as const) {
    const panel = page.getByRole('region', { name, exact: true });
    for (const leave of [
      () => panel.getByRole('button', { name: 'Back' }).click(),
      () => page.keyboard.press('Escape'),
    ]) {
      await link.press('Enter');
      await expect(panel).toBeVisible();
      await leave();
      await expect(panel).toBeHidden();
      await expect(link).toBeFocused();
      await expect(page).toHaveURL(/#\/connect$/);
    }
  }

  await page.setViewportSize({ width: 1_280, height: 800 });
  await app.open('/connect/claude-code');
  await expect(page.getByText('Its settings lead to https://elsewhere.example/')).toBeVisible();
  const model = page.getByRole('combobox', { name: 'Main model' });
  await model.fill('gpt');
  await expect(page.getByRole('option', { name: 'openai/gpt-5' })).toContainText('not usable');
  await model.fill('demo/chat');
  await page.getByRole('button', { name: 'Write change' }).click();
  await expect(page.getByText('Nothing to write: connected as it is.')).toBeVisible();
  const written = await readFile(file, 'utf8');
  const remove = page.getByRole('button', { name: 'Remove', exact: true });
  const compare = page.getByRole('button', { name: /^Compare with/ }).first();
  for (const [opener, title] of [
    [remove, 'What removing changes'],
    [compare, 'What restoring changes'],
  ] as const)
    for (const leave of [
      () => page.getByRole('button', { name: 'Cancel' }).press('Enter'),
      () => page.keyboard.press('Escape'),
    ]) {
      await opener.first().press('Enter');
      await expect(page.getByRole('heading', { name: title })).toBeFocused();
      await leave();
      await expect(page.getByRole('heading', { name: 'Change to be written' })).toBeVisible();
      await expect(opener.first()).toBeFocused();
    }
  expect(await readFile(file, 'utf8')).toBe(written);

  // What a tool brings with it is a client, whose key lies in the tool's file.
  await app.open('/routing?tab=budgets');
  const clients = page.getByRole('table', { name: 'Clients' });
  await expect(clients.getByRole('link', { name: 'Claude Code' })).toBeVisible();
  await clients.getByRole('button', { name: /^Actions of/ }).click();
  await page.getByRole('menuitem', { name: 'New key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'New key' }).click();
  await expect(dialog).toContainText('Claude Code still brings the old key.');
  await dialog.getByRole('link', { name: 'Open Connect' }).click();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/connect\/claude-code$/);
});

test('a file that was not there before goes again with the copy that says so', async ({ app, page }) => {
  const folder = join(app.home, '.claude');
  await mkdir(folder);
  await app.open('/connect/claude-code');
  await page.getByRole('combobox', { name: 'Main model' }).fill('demo/chat');
  await page.getByRole('button', { name: 'Write change' }).click();
  await expect(page.getByText('Nothing to write: connected as it is.')).toBeVisible();
  expect(await readdir(folder)).toContain('settings.json');
  await expect(page.getByText('no file before')).toBeVisible();
  await page.getByRole('button', { name: /^Compare with/ }).click();
  await expect(page.getByText('file is deleted')).toBeVisible();
  await page.getByRole('button', { name: 'Restore', exact: true }).last().click();
  await expect.poll(() => readdir(folder)).not.toContain('settings.json');
});
