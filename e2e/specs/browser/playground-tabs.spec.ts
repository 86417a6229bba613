/** The playground in two tabs, and while the gateway cannot keep or read what it should. */
import type { Page } from '@playwright/test';
import { keptChats } from '../../fixtures/kept-chats.ts';
import { collectErrors } from '../../fixtures/page-errors.ts';
import { answers, say } from '../../fixtures/playground.ts';
import { expect, test } from '../../fixtures/test.ts';

/** The last of so many answers, once it is whole in one tab, is the same in the other. */
async function followed(from: Page, to: Page, count: number): Promise<void> {
  const last = answers(from).nth(count - 1);
  await expect(last).toHaveAttribute('aria-busy', 'false');
  await expect(answers(to)).toHaveCount(count);
  await expect(answers(to).last()).toHaveText(await last.innerText(), { useInnerText: true });
}

test('a chat grows in the other tab too; what could not be kept or read is, once it is tried again', async ({
  app,
  page,
  pageErrors,
  expectedErrors,
}) => {
  // Chromium reports it itself.
  expectedErrors.push(/net::ERR_CONNECTION_REFUSED/);
  await app.open('/playground?models=demo/chat');
  await expect(page.getByRole('button', { name: 'Model: demo/chat', exact: true })).toBeVisible();
  await say(page, 'First');
  await expect(answers(page)).toContainText('demo');
  await expect.poll(() => keptChats(app)).toContain('First');

  const other = await page.context().newPage();
  collectErrors(other, pageErrors);
  const cut = async (procedure: string): Promise<void> => {
    await other.route(`**/admin/rpc/${procedure}`, (route) => route.abort('connectionrefused'));
  };
  await cut('presets.list');
  await other.goto(page.url());
  await expect(answers(other)).toHaveCount(1);
  const unread = other.getByRole('alert').filter({ hasText: 'The presets could not be read.' });
  await expect(unread).toBeVisible();
  await other.unroute('**/admin/rpc/presets.list');
  await unread.getByRole('button', { name: 'Try again' }).click();
  await expect(unread).toBeHidden();

  await say(page, 'Second');
  await followed(page, other, 2);
  await cut('conversations.put');
  await say(other, 'Third');
  const unsaved = other.getByRole('alert').filter({ hasText: 'This chat is not saved.' });
  await expect(unsaved).toBeVisible();
  await expect(answers(other).nth(2)).toHaveAttribute('aria-busy', 'false');
  expect(await keptChats(app)).not.toContain('Third');
  await other.unroute('**/admin/rpc/conversations.put');
  await unsaved.getByRole('button', { name: 'Try again' }).click();
  await expect(unsaved).toBeHidden();
  await expect.poll(() => keptChats(app)).toContain('Third');
  await followed(other, page, 3);
  await other.close();
});
