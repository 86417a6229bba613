/** Every page in Chinese: found by its name, and one of its acts done. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';
import { LANGUAGES, wordsOf } from '../fixtures/tour/words.ts';

test.use({ locale: 'zh-CN' });

const words = wordsOf(LANGUAGES['zh-CN']);
/** A message whose names are left open, up to the first of them. */
const begin = (key: string): string => words(key).split('{')[0] ?? '';
/** A message with one name filled in. */
const filled = (key: string, name: string): string => words(key).replace(/\{\w+\}/, name);

test('each page does its work in Chinese', async ({ app, page }) => {
  test.slow();
  await mkdir(join(app.home, '.claude'), { recursive: true });
  const settings = join(app.home, '.claude', 'settings.json');
  await writeFile(settings, '{}\n');
  const config = (): Promise<string> => readFile(join(app.folder, 'config.yaml'), 'utf8');
  const go = async (name: string, path: string): Promise<void> => {
    await app.open(path);
    await expect(page).toHaveTitle(`${words(`pages.${name}`)} · Switchyard`);
  };
  const button = (key: string) => page.getByRole('button', { name: words(key), exact: true });
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');

  await test.step('the first steps', async () => {
    await app.open('/welcome');
    await button('welcome.tool.next').click();
    await button('welcome.request.test').click();
    await expect(page.getByText(words('welcome.request.ok'))).toBeVisible();
  });
  await test.step('overview', async () => {
    await go('overview', '/');
    await button('overview.ranges.7d').click();
    await expect(button('overview.ranges.7d')).toHaveAttribute('aria-pressed', 'true');
    // After a slow reading the page waits long before its next one.
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole('definition').first()).toContainText('1', { timeout: 5_000 });
    }).toPass();
  });
  await test.step('requests', async () => {
    await go('requests', '/requests');
    const rows = page.getByRole('row').filter({ hasText: 'demo/chat' });
    await rows.first().click();
    await expect(page.getByText(words('requests.id'), { exact: true }).first()).toBeVisible();
    await button('requests.replay.same').click();
    await expect(rows).toHaveCount(2);
    await button('requests.segments.failed').click();
    await expect(page.getByText(begin('requests.noMatch'))).toBeVisible();
  });
  await test.step('playground', async () => {
    await go('playground', '/playground?models=demo/chat');
    await page.getByRole('textbox', { name: words('playground.say') }).fill('你好');
    await page.getByRole('textbox', { name: words('playground.say') }).press('Enter');
    await expect(page.locator('[data-answer]').last()).toContainText('demo');
    await expect(page.getByText(words('playground.state.ok'), { exact: true })).toBeVisible();
  });
  await test.step('models', async () => {
    await go('models', '/models/demo%2Fchat');
    const star = page.getByRole('button', { name: filled('models.favouriteOf', 'demo/chat') }).last();
    await star.click();
    await expect(star).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('checkbox', { name: new RegExp(`^${words('models.flags.favourite')}`) }).check();
    await expect(
      page.getByText(words('models.countOf').split('|')[0]?.split('{')[0] ?? '').first(),
    ).toBeAttached();
  });
  await test.step('providers', async () => {
    await go('providers', '/providers/demo');
    await button('providers.test.start').click();
    await expect(page.getByText(words('providers.test.ok')).first()).toBeVisible();
    await button('providers.add').click();
    await expect(page.getByRole('dialog').getByText(words('providers.custom'))).toBeVisible();
    await page.keyboard.press('Escape');
  });
  await test.step('routing', async () => {
    await go('routing', '/routing');
    await button('routing.add').first().click();
    await page.getByLabel(words('routing.name'), { exact: true }).fill('快');
    await page.getByRole('combobox', { name: words('routing.addTarget') }).fill('demo/chat');
    await page.getByRole('option', { name: 'demo/chat' }).first().click();
    await button('routing.apply').click();
    await expect.poll(config).toContain('快');
    await app.open('/routing?tab=budgets');
    await button('budgets.add').click();
    await page.getByLabel(words('budgets.amount')).fill('20');
    await page.keyboard.press('Enter');
    await expect.poll(config).toContain('usd: 20');
  });
  await test.step('connect', async () => {
    await go('connect', '/connect/claude-code');
    await button('connect.change.acts.connect').click();
    await expect.poll(() => readFile(settings, 'utf8')).toContain(app.gatewayAddress);
    await ask(app, '来自工具');
    await expect(page.getByText(words('connect.check.request.came'))).toBeVisible();
  });
  await test.step('settings', async () => {
    await go('settings', '/settings/requests');
    const days = page.locator('[data-setting="requests.keep.days"]');
    await days.getByRole('textbox').fill('7');
    await days.getByRole('textbox').press('Enter');
    await expect(days.getByRole('img', { name: words('settings.changed') })).toBeVisible();
    await days.getByRole('button', { name: filled('settings.resetTo', '30') }).click();
    await expect(days.getByRole('textbox')).toHaveValue('30');
  });
  await test.step('a place that is none', async () => {
    await app.open('/no-such-page');
    await page.locator('main').getByRole('button').first().click();
    await expect(page).toHaveTitle(`${words('pages.overview')} · Switchyard`);
  });
});
