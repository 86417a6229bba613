/** Back-ups as files of the user: saved where the system's dialog says, and restored from there. */
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DesktopApp } from '../../fixtures/desktop-app.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';

/** What the user does in the system's dialog from now on; null goes back. */
const answerWith = ({ electron }: DesktopApp, path: string | null): Promise<void> =>
  electron.evaluate(({ dialog }, wanted) => {
    const canceled = wanted === null;
    Reflect.set(dialog, 'showSaveDialog', (...args: readonly unknown[]) => {
      Reflect.set(globalThis, 'proposed', args.at(-1));
      return Promise.resolve({ canceled, filePath: wanted ?? '' });
    });
    Reflect.set(dialog, 'showOpenDialog', () =>
      Promise.resolve({ canceled, filePaths: wanted === null ? [] : [wanted] }),
    );
  }, path);
const proposed = ({ electron }: DesktopApp): Promise<string> =>
  electron.evaluate(() => JSON.stringify(Reflect.get(globalThis, 'proposed') ?? {}));

test('a back-up is saved as a file, and that file brings everything back', async ({ desktop, page }) => {
  const setting = (id: string) => desktop.page.locator(`[data-setting="${id}"]`);
  const copies = setting('backup.copies');
  const list = copies.getByRole('listitem');
  const notes = page.getByRole('region', { name: 'Notifications' });
  const setRetries = async (to: string): Promise<void> => {
    await desktop.open('/settings/routing');
    const field = setting('routing.retries').getByRole('textbox');
    await field.fill(to);
    await field.press('Enter');
    await expect
      .poll(() => readFile(join(desktop.folder, 'config.yaml'), 'utf8'))
      .toContain(`retries: ${to}`);
  };

  await test.step('made, and saved by the note and by its row', async () => {
    await setRetries('5');
    await desktop.open('/settings/backup');
    await answerWith(desktop, null);
    await copies.getByRole('button', { name: 'Back up now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Back up now' }).click();
    await notes.getByRole('button', { name: 'Save a copy…' }).click();
    // Whoever goes back in the dialog is told nothing.
    const name = await list.locator('.font-mono').innerText();
    await expect.poll(() => proposed(desktop)).toContain(name);
    const path = join(desktop.home, 'mine.swbackup');
    await answerWith(desktop, path);
    await list.getByRole('button', { name: /^Save a copy of/ }).click();
    await expect(notes.getByText('Copy saved')).toHaveCount(1);
    await expect(notes.getByText(path)).toBeVisible();
    await access(path);
  });

  await test.step('a folder that is not there, and a file that is no back-up, are told in place', async () => {
    await answerWith(desktop, join(desktop.home, 'missing', 'mine.swbackup'));
    await list.getByRole('button', { name: /^Save a copy of/ }).click();
    await expect(copies.getByText(/there is no such file or folder/i)).toBeVisible();
    const letter = join(desktop.home, 'letter.txt');
    await writeFile(letter, 'Dear');
    await answerWith(desktop, letter);
    await copies.getByRole('button', { name: 'Restore from a file…' }).click();
    await expect(copies.getByText(`${letter} is no back-up of Switchyard`)).toBeVisible();
    await expect(list).toHaveCount(1);
  });

  await test.step('the file brings back what was, with the next start', async () => {
    await list.getByRole('button', { name: /^Delete/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(list).toHaveCount(0);
    await setRetries('6');
    await desktop.open('/settings/backup');
    await answerWith(desktop, join(desktop.home, 'mine.swbackup'));
    await copies.getByRole('button', { name: 'Restore from a file…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    await expect(copies).toContainText('is restored with the next start');
    await expect(list).toHaveCount(1);
    await desktop.restart();
    await desktop.open('/settings/routing');
    await expect(setting('routing.retries').getByRole('textbox')).toHaveValue('5');
  });
});
