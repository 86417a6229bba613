/** Files that are asked for with the system's own dialog: what goes with a message, and chats that come back. */
import type { Page } from '@playwright/test';
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import { serveOwnModels } from '../fixtures/own-models.ts';
import { answers, lastSent, openPlayground, say } from '../fixtures/playground.ts';
import { expect, test } from '../fixtures/test.ts';

const upstream = serveOwnModels('sk-e2e-files-0000004321');

/** What a person chooses in the dialog that the press opens. */
async function give(
  page: Page,
  press: () => Promise<void>,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press()]);
  await chooser.setFiles(
    Object.entries(files).map(([name, text]) => ({
      name,
      mimeType: name.endsWith('.json') ? 'application/json' : 'text/plain',
      buffer: Buffer.from(text),
    })),
  );
}

test('a file is taken out of a message that was sent; a chat with long texts comes in and is shown whole', async ({
  app,
  page,
}) => {
  upstream().script((request) => request.sse([chunk({ content: 'Seen.' }), chunk({}, 'stop'), DONE]));
  await openPlayground(app, 'models=mine/m');
  const attach = page.getByRole('button', { name: 'Attach images, PDFs or texts' });
  await give(page, () => attach.click(), { 'a.txt': 'words of a', 'b.txt': 'words of b' });
  await expect(page.getByRole('button', { name: 'Remove b.txt' })).toBeVisible();
  await say(page, 'Look');
  await expect(answers(page)).toContainText('Seen.');
  expect(JSON.stringify(lastSent(upstream()))).toContain('words of a');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Remove a.txt' }).click();
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByRole('group', { name: 'Version 2 of 2' })).toBeVisible();
  await expect(answers(page)).toContainText('Seen.');
  const again = JSON.stringify(lastSent(upstream()));
  expect(again).toContain('words of b');
  expect(again).not.toContain('words of a');

  const question = `${'question '.repeat(3_000)}ends here`;
  const answer = `${'answer '.repeat(16_000)}ends there`;
  const messages = [
    { role: 'user', content: question },
    { role: 'assistant', content: answer },
  ];
  const importChats = async (): Promise<void> => {
    await page.getByRole('button', { name: 'More chats' }).click();
    await page.getByRole('menuitem', { name: 'Import chats' }).click();
  };
  await give(page, importChats, { 'long.json': JSON.stringify(messages) });
  await expect(answers(page)).toContainText('answer answer');
  for (const [{ length }, end] of [
    [question, 'ends here'],
    [answer, 'ends there'],
  ] as const) {
    await expect(page.getByText(end)).toHaveCount(0);
    await page.getByRole('button', { name: `Show all ${length.toLocaleString('en-US')} characters` }).click();
    await expect(page.getByText(end)).toHaveCount(1);
  }
  await page.getByRole('searchbox', { name: 'Search chats' }).press('ArrowDown');
  await expect(page.getByRole('link', { name: 'long' })).toBeFocused();
});
