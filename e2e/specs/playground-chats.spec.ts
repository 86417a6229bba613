/** Chats of the list by key alone, and the title of the open one. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';

async function say(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Message the model' });
  await composer.fill(text);
  await composer.press('Enter');
  await expect(page.locator('[data-answer]').last()).toContainText('demo');
  await expect(page.getByRole('link', { name: text })).toBeVisible();
}

test('a chat is renamed where it is open, the others are walked, renamed and deleted by their keys', async ({
  app,
  page,
}) => {
  await app.open('/playground?models=demo/chat');
  await expect(page.getByRole('button', { name: 'Model: demo/chat', exact: true })).toBeVisible();
  await say(page, 'About trains');
  await page.getByRole('button', { name: /^New chat/ }).click();
  await expect(page.locator('[data-answer]')).toHaveCount(0);
  await say(page, 'About ships');

  const title = page.getByRole('textbox', { name: 'Title' });
  const chat = (name: string) => page.getByRole('link', { name });
  await page.getByRole('button', { name: 'Rename', exact: true }).click();
  await title.fill('given up');
  await title.press('Escape');
  await expect(chat('About ships')).toBeVisible();
  await page.getByRole('button', { name: 'Rename', exact: true }).click();
  await title.fill('The sea');
  await title.press('Enter');
  await expect(chat('The sea')).toBeVisible();

  await chat('The sea').focus();
  await page.keyboard.press('ArrowDown');
  await expect(chat('About trains')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(chat('The sea')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F2');
  await title.fill('Rails');
  await title.press('Enter');
  await expect(chat('Rails')).toBeVisible();
  await chat('Rails').focus();
  await page.keyboard.press('Delete');
  await expect(chat('Rails')).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(chat('Rails')).toBeVisible();
});
