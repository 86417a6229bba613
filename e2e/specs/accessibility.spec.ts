/** Every page and dialog as axe judges it, at every width, and the main path without a pointer. */
import type { Page } from '@playwright/test';
import type { SwitchyardApp } from '../fixtures/app.ts';
import { violations } from '../fixtures/axe.ts';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

/** Path of each page, and what is on it once it has everything. */
const PAGES = [
  ['/overview', 'main h1'],
  ['/requests', '[role=row][aria-rowindex="3"]'],
  ['/playground', 'main textarea'],
  ['/providers/demo', 'main h2'],
  ['/models', '[role=row][aria-rowindex="2"]'],
  ['/routing', 'main h1'],
  ['/connect', 'main nav a'],
  ['/settings/gateway', '[data-setting="server.port"]'],
  ['/settings/requests', '[data-setting="requests.keep.days"]'],
  ['/settings/about', '[data-setting="about.version"]'],
  ['/welcome', 'main pre'],
] as const;

const NARROW = { width: 390, height: 844 };

async function fill(app: SwitchyardApp): Promise<void> {
  await ask(app, 'hello');
  await ask(app, '/error 500');
}

/**
 * As `violations`, while a menu or tooltip is open: these hang on the body to lie over everything, outside of the
 * landmarks; the focus is in them or on what they describe.
 */
async function violationsOver(page: Page, where: string): Promise<readonly (readonly string[])[]> {
  const found = await violations(page, where);
  return found.filter(([, rule, html]) => rule !== 'region' || html?.includes('data-reka-popper') !== true);
}

async function judgePages(app: SwitchyardApp, page: Page, where: string): Promise<void> {
  for (const [path, ready] of PAGES) {
    await app.open(path);
    await page.locator(ready).first().waitFor();
    expect(await violations(page, `${path} ${where}`)).toEqual([]);
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const locale of ['en-US', 'zh-CN']) {
    test.describe(`${colorScheme}, ${locale}`, () => {
      test.use({ colorScheme, locale });

      test('axe finds nothing on any page', async ({ page, app }) => {
        test.slow();
        await fill(app);
        await judgePages(app, page, 'wide');
      });
    });
  }
}

for (const [colorScheme, locale] of [
  ['light', 'zh-CN'],
  ['dark', 'en-US'],
] as const) {
  test.describe(`on a phone, ${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale, viewport: NARROW });

    test('axe finds nothing on any page', async ({ page, app }) => {
      test.slow();
      await fill(app);
      await judgePages(app, page, 'narrow');
      // The sheet behind the last tab.
      await app.open('/overview');
      await page.locator('nav > button[aria-haspopup=dialog]').click();
      await page.getByRole('dialog').waitFor();
      expect(await violations(page, 'more pages')).toEqual([]);
    });
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`open over the page, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('axe finds nothing on dialogs, menus and details', async ({ page, app }) => {
      test.slow();
      await fill(app);
      await app.open('/requests');
      await page.getByRole('row').filter({ hasText: '500' }).click();
      await page.getByRole('tab').first().waitFor();
      expect(await violations(page, 'request detail')).toEqual([]);
      await page.keyboard.press('Escape');

      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      expect(await violations(page, 'shortcuts')).toEqual([]);
      await page.keyboard.press('Escape');

      await page
        .getByRole('contentinfo')
        .getByRole('button', { name: /^State of the gateway/ })
        .click();
      await page.getByRole('menu').waitFor();
      expect(await violationsOver(page, 'state menu')).toEqual([]);
      await page.keyboard.press('Escape');

      await app.open('/providers');
      await page.getByRole('button', { name: 'Add provider' }).first().click();
      await page.getByRole('dialog').waitFor();
      expect(await violations(page, 'add provider')).toEqual([]);
      await page.keyboard.press('Escape');

      await app.open('/settings/gateway');
      await page.getByRole('button', { name: 'Make a key' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await violationsOver(page, 'new client key')).toEqual([]);
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('button', { name: 'Remove' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await violations(page, 'remove client key')).toEqual([]);
    });
  });
}

for (const width of [375, 640, 1024, 2560]) {
  test(`nothing overflows at ${width} px`, async ({ page, app }) => {
    await page.setViewportSize({ width, height: 900 });
    await fill(app);
    for (const [path, ready] of PAGES) {
      await app.open(path);
      await page.locator(ready).first().waitFor();
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(`${path}: ${overflow}`).toBe(`${path}: 0`);
    }
  });
}

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
    await page.keyboard.type('days');
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
    await page.getByRole('menuitem', { name: 'Pause the gateway' }).waitFor();
    await page.keyboard.press('Enter');
    await tabTo(page, 'Resume');
    await page.keyboard.press('Enter');
    await expect(
      page.getByRole('contentinfo').getByRole('button', { name: 'State of the gateway: Running' }),
    ).toBeVisible();
    expect((await fetch(`${app.gatewayAddress}/health`)).status).toBe(200);
  });
});
