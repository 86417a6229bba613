/** One chat in two browsers, and a new chat that was not sent. */
import { keptChats } from '../../fixtures/kept-chats.ts';
import { collectErrors } from '../../fixtures/page-errors.ts';
import { answers, composer, say } from '../../fixtures/playground.ts';
import { expect, test } from '../../fixtures/test.ts';

test('what is said in one browser is in the other, and what both say is kept', async ({
  app,
  page,
  pageErrors,
  browser,
}) => {
  await app.open('/playground?models=demo/chat');
  await expect(page.getByRole('button', { name: 'Model: demo/chat', exact: true })).toBeVisible();
  await say(page, 'First');
  await expect(answers(page)).toContainText('demo');
  await expect(answers(page)).toHaveAttribute('aria-busy', 'false');
  await expect(page).toHaveURL(/playground\/c-/);

  const elsewhere = await browser.newContext({ storageState: await page.context().storageState() });
  const other = await elsewhere.newPage();
  collectErrors(other, pageErrors);
  await other.goto(page.url());
  await expect(answers(other)).toHaveCount(1);
  await say(other, 'Second');
  await expect(answers(page)).toHaveCount(2);
  for (const one of [page, other]) {
    await expect(answers(one).nth(1)).toContainText('demo');
    await expect(answers(one).nth(1)).toHaveAttribute('aria-busy', 'false');
  }

  await say(page, 'From here');
  await say(other, 'From there');
  for (const one of [page, other]) {
    await expect(answers(one).last()).toHaveAttribute('aria-busy', 'false');
  }
  await expect
    .poll(async () => {
      const kept = await keptChats(app);
      return ['First', 'Second', 'From here', 'From there'].every((words) => kept.includes(`"${words}"`));
    })
    .toBe(true);
  await elsewhere.close();
});

test('a new chat that was not sent comes back with its message and its settings', async ({ app, page }) => {
  await app.open('/playground?models=demo/chat');
  await say(page, 'First');
  await expect(answers(page)).toHaveAttribute('aria-busy', 'false');
  await expect(page).toHaveURL(/playground\/c-/);
  const sent = page.url();

  await page
    .getByRole('button', { name: /^New chat/ })
    .first()
    .click();
  await expect(answers(page)).toHaveCount(0);
  const system = page.getByRole('textbox', { name: 'System prompt' });
  await system.fill('Be brief.');
  await composer(page).fill('Half a question');
  await page.goto(sent);
  await expect(answers(page)).toHaveCount(1);
  await page
    .getByRole('button', { name: /^New chat/ })
    .first()
    .click();
  await expect(composer(page)).toHaveValue('Half a question');
  await expect(system).toHaveValue('Be brief.');

  await page.reload();
  await expect(composer(page)).toHaveValue('Half a question');
  await expect(system).toHaveValue('Be brief.');
});
