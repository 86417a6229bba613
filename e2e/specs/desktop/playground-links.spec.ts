/** Links in a model's words, in a window that opens nothing by itself. */
import { expect, test } from '../../fixtures/desktop-test.ts';

test('a link opens in the browser of the system, and only where it is safe', async ({ desktop, page }) => {
  await desktop.electron.evaluate(({ shell }) => {
    const addresses: string[] = [];
    Reflect.set(globalThis, 'openedOutside', addresses);
    shell.openExternal = (url) => {
      addresses.push(url);
      return Promise.resolve();
    };
  });
  await page.getByRole('link', { name: 'Playground' }).first().click();
  const box = page.getByRole('textbox', { name: 'Message the model' });
  // The demo repeats what it was told.
  await box.fill('[safe](https://example.com/a) [plain](http://example.com/b) [odd](ms-msdt:/id)');
  await box.press('Enter');
  await expect(page.getByText('Done', { exact: true })).toBeVisible();
  const answer = page.locator('[data-answer]');
  await answer.getByRole('link', { name: 'safe (example.com)' }).click();
  await expect(answer.getByRole('link', { name: 'odd' })).toHaveCount(0);
  await answer.getByRole('link', { name: 'plain (example.com)' }).click();
  await expect(page.getByText('The link was not opened')).toBeVisible();
  await expect
    .poll(() => desktop.electron.evaluate((): unknown => Reflect.get(globalThis, 'openedOutside')))
    .toEqual(['https://example.com/a']);
  await expect.poll(() => desktop.electron.windows().length).toBe(1);
});
