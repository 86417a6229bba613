/** What only Electron's own program can show: its sandbox and its isolated world. */
import { codeOf } from '../../fixtures/bridge.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';
import { IS_ELECTRON } from '../../fixtures/electron.ts';

test.skip(!IS_ELECTRON, "Electron's binary is not there");

test('@electron-only the process of the page is sandboxed', async ({ desktop, page }) => {
  const processes = await desktop.electron.evaluate(({ app }) =>
    app.getAppMetrics().map(({ type, sandboxed }) => [type, sandboxed]),
  );
  expect(processes.filter(([type]) => type === 'Tab')).toEqual([['Tab', true]]);
  expect(await page.evaluate('typeof require + typeof process + typeof module')).toBe(
    'undefinedundefinedundefined',
  );
});

test('@electron-only a page that bends its own built-ins does not bend the bridge', async ({ page }) => {
  await page.evaluate(`
    Array.prototype.map = Map.prototype.get = Map.prototype.set = () => { throw new Error("bent"); };
    Object.prototype.kind = "follow";
    crypto.randomUUID = () => "bent";
  `);
  expect(await codeOf(page, 'gateway.status')).toBe('ok');
  expect(await page.evaluate('Object.isFrozen(switchyard)')).toBe(true);
});
