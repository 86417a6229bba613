/** The main path without a pointer. What axe and boxes say of every page: browser/axe.spec.ts, browser/layout.spec.ts. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';

test.describe('without a pointer', () => {
  /** Presses Tab until the focus is on what carries this name. */
  async function tabTo(page: Page, name: string): Promise<void> {
    const seen: string[] = [];
    for (let presses = 0; presses < 120; presses += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate<string>(
        '(document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.innerText ?? "").trim()',
      );
      if (focused === name) return;
      seen.push(focused);
    }
    throw new Error(`Tab never reached ${name}, only ${[...new Set(seen)].join(' · ')}`);
  }

  test('the main path: find the page, ask a model, see its request, change a setting, pause', async ({
    page,
    app,
  }) => {
    test.slow();
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    await tabTo(page, 'Playground');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Playground', level: 1 })).toBeVisible();
    // Nothing is sent before there is a model to ask.
    await expect(page.getByRole('button', { name: 'Model: demo/chat', exact: true })).toBeVisible();
    await tabTo(page, 'Message the model');
    await page.keyboard.type('hello');
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-answer]').last()).toContainText('demo');

    await page.keyboard.press('Control+2');
    await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(1);
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Request id')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByText('Request id')).toBeHidden();

    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    await page.keyboard.press('/');
    await expect(page.getByRole('searchbox', { name: 'Search settings' })).toBeFocused();
    await page.keyboard.type('days');
    await expect(page.locator('[data-setting="requests.keep.days"]')).toBeVisible();
    await expect(page.locator('[data-setting="server.port"]')).toHaveCount(0);
    await page.keyboard.press('Tab');
    for (let presses = 0; presses < 20; presses += 1) {
      if ((await page.locator('[data-setting="requests.keep.days"] input:focus').count()) > 0) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Control+a');
    await page.keyboard.type('14');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Reset to 30' })).toBeVisible();

    await tabTo(page, 'State of the gateway: Running');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Pause the gateway' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
    await tabTo(page, 'Resume');
    await page.keyboard.press('Enter');
    await expect(
      page.getByRole('contentinfo').getByRole('button', { name: 'State of the gateway: Running' }),
    ).toBeVisible();
    expect((await fetch(`${app.gatewayAddress}/health`)).status).toBe(200);
  });
});
