/** What is around every page: navigation, status bar, problems, shortcuts. */
import { expect, test } from '../fixtures/test.ts';

const PAGES = ['Overview', 'Requests', 'Playground', 'Models', 'Providers', 'Routing', 'Connect'] as const;

test('every page has its place in the navigation, its key and its title', async ({ page }) => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  for (const [index, name] of PAGES.entries()) {
    await page.keyboard.press(`Control+${index + 1}`);
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await expect(page).toHaveTitle(`${name} · Switchyard`);
    await expect(page.getByRole('link', { name, exact: false }).first()).toHaveAttribute(
      'aria-current',
      'page',
    );
  }
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
});

test('? lists the shortcuts of the page in view', async ({ app, page }) => {
  await app.open('/requests');
  await page.getByRole('heading', { name: 'Requests', level: 1 }).waitFor();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const name of PAGES) await expect(sheet.getByText(name, { exact: true })).toBeVisible();
  await expect(sheet.getByRole('heading', { name: 'On this page' })).toBeVisible();
  await expect(sheet.getByText('Next and previous request')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('the palette finds and runs by keyboard alone, and gives the focus back', async ({ page }) => {
  const search = page.getByRole('button', { name: 'Search', exact: true });
  await search.focus();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Search everything' });
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(search).toBeFocused();

  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await field.pressSequentially('theme da');
  await expect(page.getByRole('option', { name: 'Theme: dark' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(search).toBeFocused();

  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await field.pressSequentially('demo/chat');
  const model = page.getByRole('option', { name: 'demo/chat' }).first();
  await expect(model).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Models', level: 1 })).toBeAttached();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('group', { name: 'Used lately' }).getByRole('option')).toContainText(
    'demo/chat',
  );
});

test('the palette finds in Chinese, by pinyin and in English, whatever language is shown', async ({
  page,
}) => {
  const find = async (typed: string, option: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox')).toBeFocused();
    await page.getByRole('combobox').pressSequentially(typed);
    await expect(page.getByRole('option', { name: option }).first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('combobox')).toBeHidden();
  };
  await page.getByRole('heading', { level: 1 }).waitFor();
  await find('qqrz', 'Requests');
  await find('暂停', 'Pause the gateway');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.getByRole('combobox').pressSequentially('language chinese');
  await expect(page.getByRole('option', { name: 'Language: Chinese' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '总览', level: 1 })).toBeVisible();
  await find('qq', '请求');
  await find('pause', '暂停网关');
  await find('khdmy', '客户端密钥');
});

test('an address that no page has says so and leads home', async ({ app, page }) => {
  await app.open('/no-such-page');
  await expect(page.getByText('There is no such page')).toBeVisible();
  await expect(page).toHaveTitle('Not found · Switchyard');
  await page.getByRole('button', { name: 'Go to the overview' }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
});

test('the status bar tells what today cost and leads to its requests', async ({ page }) => {
  const bar = page.getByRole('contentinfo');
  await expect(bar.getByRole('link', { name: 'Today $0.00' })).toBeVisible();
  await bar.getByRole('link', { name: /req\/min/ }).click();
  await expect(page.getByRole('heading', { name: 'Requests', level: 1 })).toBeVisible();
});

test('a paused gateway answers tools 503 until it is resumed, and the bar says so', async ({ app, page }) => {
  const ask = (): Promise<number> =>
    fetch(`${app.gatewayAddress}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'demo/chat', messages: [{ role: 'user', content: 'hello' }] }),
    }).then(({ status }) => status);
  const bar = page.getByRole('contentinfo');
  await bar.getByRole('button', { name: 'State of the gateway: Running' }).click();
  await page.getByRole('menuitem', { name: 'Pause the gateway' }).click();
  await expect(bar.getByRole('button', { name: 'State of the gateway: Paused' })).toBeVisible();
  await expect.poll(ask).toBe(503);
  await bar.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(bar.getByRole('button', { name: 'State of the gateway: Running' })).toBeVisible();
  await expect.poll(ask).toBe(200);
});

test('what is closed waits for the end of no animation, which may never have begun', async ({ page }) => {
  const nameOf = (state: string): Promise<unknown> =>
    page.evaluate(`(() => {
      const menu = Object.assign(document.createElement('div'), { className: 'appear' });
      menu.dataset.state = ${JSON.stringify(state)};
      document.body.append(menu);
      const { animationName } = getComputedStyle(menu);
      menu.remove();
      return animationName;
    })()`);
  await expect.poll(() => nameOf('open')).toBe('appear');
  expect(await nameOf('closed')).toBe('none');
});

test('the base URL is copied from the status bar', async ({ app, page }) => {
  await page.getByRole('contentinfo').getByTitle('Copy base URL').click();
  await expect.poll(() => app.clipboard()).toBe(`${app.gatewayAddress}/v1`);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the last tab opens the pages that have none', async ({ page }) => {
    await page.getByRole('heading', { level: 1 }).waitFor();
    const tabs = page.getByRole('navigation', { name: 'Pages' });
    await expect(tabs.getByRole('link')).toHaveText(['Overview', 'Requests', 'Playground', 'Providers']);
    await tabs.getByRole('button', { name: 'More' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Settings' }).click();
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.getByLabel('Section', { exact: true }).selectOption('Routing');
    await expect(page.getByText('Extra attempts per request')).toBeVisible();
  });
});
