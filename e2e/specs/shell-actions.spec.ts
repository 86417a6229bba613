/** Commands of the palette, menus of the status bar, notes and panes: each is done once. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';
import { FULL } from '../fixtures/tour/place.ts';

/** A provider that nothing answers for: its key is checked in vain. */
const KEYS = `providers:
  - { id: mine, dialect: openai-chat, base_url: "http://127.0.0.1:9/v1", allow_private_network: true, models: [m], keys: [{ id: k1, value: sk-e2e-shell-000000001234 }] }
`;

/** Runs a command as whoever knows its name: by keyboard. */
async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Search everything' });
  await field.fill(command);
  await expect(page.getByRole('option', { name: command }).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(field).toBeHidden();
}

test.use({ start: { config: KEYS } });

test('commands of the palette pause and resume, copy, check keys, read lists, and show what they name', async ({
  app,
  page,
}) => {
  test.slow();
  const bar = page.getByRole('contentinfo');
  await bar.getByRole('button', { name: 'State of the gateway: Running' }).waitFor();
  await run(page, 'Pause the gateway');
  await expect(bar.getByRole('button', { name: 'State of the gateway: Paused' })).toBeVisible();
  await run(page, 'Resume the gateway');
  await expect(bar.getByRole('button', { name: 'State of the gateway: Running' })).toBeVisible();
  await run(page, 'Copy base URL');
  await expect.poll(() => app.clipboard()).toBe(`${app.gatewayAddress}/v1`);
  await run(page, 'Look for models again');
  await expect(page.getByText('Model lists read')).toBeVisible();
  await page.keyboard.press('F8');
  const notes = page.getByRole('region', { name: 'Notifications' });
  await expect(notes.getByRole('button', { name: 'Dismiss' }).first()).toBeVisible();
  await notes.getByRole('button', { name: 'Dismiss' }).first().click();
  await expect(page.getByText('Model lists read')).toBeHidden();
  await run(page, 'Theme: light');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await run(page, 'Theme: as the system');
  await run(page, 'Check all keys');
  await expect(page.getByRole('heading', { name: 'Providers', level: 1 })).toBeVisible();
  await run(page, 'New chat');
  await expect(page.getByRole('textbox', { name: 'Message the model' })).toBeVisible();
  await run(page, 'Diagnostics…');
  await expect(page.getByRole('dialog', { name: 'Diagnostics' })).toBeVisible();
  await page.keyboard.press('Escape');
  await run(page, 'Keyboard shortcuts');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await run(page, 'Show the first steps');
  await expect(page.getByRole('heading', { name: 'One local port for every model' })).toBeVisible();
});

test('language, theme and the list of keys are in the status bar; whoever tabs in may skip to the content', async ({
  page,
}) => {
  const bar = page.getByRole('contentinfo');
  await bar.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await bar.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await bar.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitem', { name: '简体中文' }).click();
  await expect(page.getByRole('heading', { name: '总览', level: 1 })).toBeVisible();
  await bar.getByRole('button', { name: '语言' }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  const skip = page.getByRole('button', { name: 'Skip to content' });
  await skip.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});

test('a pane is made wider by keyboard and keeps its width; a problem is shown by its key', async ({
  app,
  page,
}) => {
  await ask(app, 'hello');
  await app.open('/requests');
  await page.getByRole('row').filter({ hasText: 'demo/chat' }).click();
  const edge = page.getByRole('separator', { name: 'Width of the detail' });
  await edge.focus();
  await page.keyboard.press('End');
  await expect(edge).toHaveAttribute('aria-valuenow', (await edge.getAttribute('aria-valuemin')) ?? '');
  const least = Number(await edge.getAttribute('aria-valuemin'));
  await page.keyboard.press('ArrowLeft');
  await expect(edge).toHaveAttribute('aria-valuenow', String(least + 16));
  await page.reload();
  await expect(edge).toHaveAttribute('aria-valuenow', String(least + 16));

  await writeFile(join(app.folder, 'config.yaml'), 'server: { prot: 1 }\n');
  await page.getByRole('button', { name: '1 problem' }).waitFor();
  await page.getByRole('grid').focus();
  await page.keyboard.press('!');
  await expect(page.getByText('did you mean server.port?')).toBeVisible();
});

test.describe('with a problem that is no fault', () => {
  test.use({ start: FULL });

  test('it is put aside, and told of in the bar all the same', async ({ page }) => {
    await page.getByRole('button', { name: '1 problem' }).click();
    await page.getByRole('button', { name: /^Put aside: / }).click();
    await expect(page.getByRole('button', { name: '1 put aside' })).toBeVisible();
  });
});
