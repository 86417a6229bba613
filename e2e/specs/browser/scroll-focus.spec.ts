/** A long list that is scrolled while one of its rows has the focus. */
import { expect, test } from '../../fixtures/test.ts';

const KEYS = Array.from({ length: 60 }, (_, index) => {
  const number = String(index).padStart(2, '0');
  return `{ id: k${number}, label: key-${number}, value: sk-e2e-scroll-00000000${number} }`;
});
const provider = `{ id: pool, dialect: openai-chat, base_url: "https://pool.example/v1", models: [m], keys: [${KEYS.join(', ')}] }`;

test.use({ start: { demo: false, config: `providers:\n  - ${provider}\n` } });

test('goes on where the row with the focus is no longer drawn', async ({ app, page }) => {
  await app.open('/providers/pool');
  await page.getByRole('button', { name: 'Actions on key-03' }).focus();
  await page.keyboard.press('Shift');
  const list = page.locator('[data-scroll=keys]');
  await list.hover();
  const top = (): Promise<number> => page.evaluate('document.querySelector("[data-scroll=keys]").scrollTop');
  for (let turn = 1; turn <= 8; turn += 1) {
    await page.mouse.wheel(0, 120);
    await expect.poll(top).toBe(turn * 120);
  }
  await expect(page.getByRole('button', { name: 'Actions on key-03' })).toHaveCount(0);
  // What had the focus is gone; what stands near has it, and the list stays where it was put.
  await expect.poll(() => page.evaluate('document.activeElement?.closest("[role=row]") !== null')).toBe(true);
  expect(await top()).toBe(960);
});
