/** What pages offer beside their keys: rows and lists by mouse, what is dropped and slid, and the narrow page. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures/test.ts';

test('a model is marked and copied in its row, a tool gets one by mouse, figures are of chosen days', async ({
  page,
  app,
}) => {
  await mkdir(join(app.home, '.claude'), { recursive: true });
  await writeFile(join(app.home, '.claude', 'settings.json'), '{}\n');
  await app.open('/models');
  const row = page.getByRole('grid').getByRole('row').filter({ hasText: 'chat-large' });
  await row.getByRole('button', { name: 'Favourite demo/chat-large' }).click();
  await expect(row.getByRole('button', { name: 'Favourite demo/chat-large' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  // The stand-in's Chromium has no pointer that hovers, by which this button appears.
  if (app.kind === 'browser') {
    await row.hover();
    await row.getByRole('button', { name: 'Copy demo/chat-large' }).click();
    await expect.poll(() => app.clipboard()).toBe('demo/chat-large');
  }
  await expect(page).not.toHaveURL(/models\/demo/);

  await app.open('/connect/claude-code');
  const model = page.getByRole('combobox', { name: 'Main model' });
  const option = page.getByRole('option', { name: 'demo/chat-large', exact: true });
  await model.click();
  await expect(option).toBeVisible();
  await model.press('Escape');
  await expect(option).toBeHidden();
  await expect(model).toBeVisible();
  await model.click();
  await option.click();
  await expect(model).toHaveValue('demo/chat-large');
  await expect(page.getByRole('figure', { name: 'Diff of settings.json' })).toContainText('demo/chat-large');

  await app.open('/');
  await page.getByRole('button', { name: 'Custom', exact: true }).click();
  await page.getByLabel('From').fill('2020-01-02');
  await page.getByLabel('To', { exact: true }).fill('2020-01-01');
  await expect(page.getByText('The first day has to come before the last')).toBeVisible();
  await page.getByLabel('To', { exact: true }).fill('2020-01-03');
  await expect(page).toHaveURL(/2020-01-02/);
  await expect(page).toHaveURL(/2020-01-03/);
  await page.getByLabel('From').fill('2019-12-31');
  await expect(page).toHaveURL(/2019-12-31/);
});

test('a file is dropped on a message, a figure slid, Enter sends again, the narrow page is searched', async ({
  page,
  app,
}) => {
  await app.open('/playground?models=demo/chat');
  await expect(page.getByRole('button', { name: 'Model: demo/chat', exact: true })).toBeVisible();
  const composer = page.getByRole('textbox', { name: 'Message the model' });
  const files = await page.evaluateHandle(
    `(() => { const all = new DataTransfer(); all.items.add(new File(['dropped words'], 'note.txt', { type: 'text/plain' })); return all; })()`,
  );
  await composer.dispatchEvent('dragenter', { dataTransfer: files });
  await expect(page.getByText('Drop files here to attach them')).toBeVisible();
  await composer.dispatchEvent('drop', { dataTransfer: files });
  await expect(page.getByText('Drop files here to attach them')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Remove note.txt' })).toBeVisible();

  const temperature = page.getByRole('slider', { name: 'Temperature' });
  await temperature.focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('textbox', { name: 'Temperature' })).toHaveValue('2');
  await page.getByRole('button', { name: 'Do not send Temperature' }).click();
  await expect(page.getByRole('textbox', { name: 'Temperature' })).toHaveValue('');

  const sendBy = async (name: RegExp): Promise<void> => {
    await page.getByRole('button', { name: 'Key that sends' }).click();
    await page.getByRole('menuitemradio', { name }).or(page.getByRole('menuitem', { name })).click();
  };
  await sendBy(/^Ctrl.*sends/);
  await composer.fill('hello');
  await composer.press('Enter');
  await expect(composer).toHaveValue('hello\n');
  await sendBy(/^Enter sends/);
  await composer.press('Enter');
  await expect(page.locator('[data-answer]').last()).toContainText('demo');

  await page.setViewportSize({ width: 375, height: 800 });
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'More' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Search/ })
    .click();
  await expect(page.getByRole('combobox', { name: 'Search everything' })).toBeFocused();
});
