/** Settings that a variable decides; the desktop app takes none from the environment. */
import { expect, test } from '../../fixtures/test.ts';

test.use({ start: { environment: { LOG_LEVEL: 'warn' } } });

test('what a variable decides is locked under its name', async ({ app, page }) => {
  await app.open('/settings/logging');
  const level = page.locator('[data-setting="logging.level"]');
  await expect(level).toContainText('Decided by LOG_LEVEL. Change it there.');
  await expect(level.getByRole('combobox')).toBeDisabled();
});
