/** Notes of what was done cover nothing that is pressed next. */
import { serveOwnModels } from '../fixtures/own-models.ts';
import { answers, composer, openPlayground } from '../fixtures/playground.ts';
import { expect, test } from '../fixtures/test.ts';
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';

const upstream = serveOwnModels('sk-e2e-toast-0000004321');

for (const [width, height] of [
  [1280, 800],
  [375, 740],
] as const) {
  test(`a message is sent at once while a note stands there (${width} px)`, async ({ app, page }) => {
    upstream().script((request) => request.sse([chunk({ content: 'Here.' }), chunk({}, 'stop'), DONE]));
    await page.setViewportSize({ width, height });
    await openPlayground(app, 'models=mine/m');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search everything' }).fill('Look for models again');
    await page.keyboard.press('Enter');
    const note = page.locator('[data-toast]');
    await note.waitFor();
    await composer(page).fill('Hello');
    const send = page.getByRole('button', { name: 'Send', exact: true });
    const [button, shown] = [await send.boundingBox(), await note.boundingBox()];
    expect(button).not.toBeNull();
    expect((shown?.y ?? 0) + (shown?.height ?? 0)).toBeLessThan(button?.y ?? 0);
    // Playwright presses only what nothing else would take the press of.
    await send.click({ trial: true });
    await expect(note).toBeVisible();
    await send.click();
    await expect(answers(page).first()).toContainText('Here.');
  });
}
