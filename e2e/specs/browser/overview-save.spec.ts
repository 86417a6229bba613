/** What the Overview gives to save: a browser tells of downloads. */
import { readFile } from 'node:fs/promises';
import { ask } from '../../fixtures/chat.ts';
import { expect, test } from '../../fixtures/test.ts';

test('a chart is saved as picture and as figures', async ({ page, app }) => {
  await ask(app, 'hello');
  await app.open('/');
  // A request may come into the figures right after they were read, and the next reading waits.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('img', { name: /^Requests over time/ })).toBeVisible({ timeout: 5_000 });
  }).toPass();
  for (const [act, name, begins] of [
    ['Picture (PNG)', /^requests-and-failures-.*\.png$/, '\u0089PNG'],
    ['Figures (CSV)', /^requests-and-failures-.*\.csv$/, 'Time,Failed,Succeeded\r\n'],
  ] as const) {
    await page.getByRole('button', { name: 'Requests and failures: save' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: act }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(name);
    expect((await readFile(await download.path())).toString('latin1').startsWith(begins)).toBe(true);
  }
});
