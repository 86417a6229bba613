/** A read that the main process refuses: the page says why, and "Try again" brings it once it can be read. */
import { INVOKE_CHANNEL } from '../../../contract/rpc/ipc.ts';
import type { DesktopApp } from '../../fixtures/desktop-app.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';

const REASON = 'database disk image is malformed (canary 42)';

test('the settings say why they could not be read, and come when they are tried again', async ({
  desktop,
  page,
}) => {
  const main = page.getByRole('main');
  const setting = main.locator('[data-setting="server.port"]');
  const again = main.getByRole('button', { name: 'Try again' });
  await refuse(desktop, 'settings.list');
  await desktop.open('/settings/gateway');
  await expect(main.getByRole('alert')).toContainText('The settings could not be read');
  await expect(main.getByRole('alert')).toContainText(REASON);
  await expect(setting).toBeHidden();

  await refuse(desktop, null);
  await again.click();
  await expect(setting).toBeVisible();
  await expect(main.getByRole('alert')).toBeHidden();
});

/** The calls of one procedure fail from now on, or of none; every other passes to the app's own handler. */
function refuse({ electron }: DesktopApp, procedure: string | null): Promise<void> {
  return electron.evaluate(
    ({ ipcMain }, { channel, refused, reason }): void => {
      const known: unknown = Reflect.get(globalThis, 'ownHandler');
      const handlers: unknown = Reflect.get(ipcMain, '_invokeHandlers');
      const handler: unknown = known ?? (handlers instanceof Map ? handlers.get(channel) : undefined);
      if (typeof handler !== 'function') throw new Error('The app has no handler for its channel.');
      Reflect.set(globalThis, 'ownHandler', handler);
      ipcMain.removeHandler(channel);
      ipcMain.handle(channel, (event, request: unknown): unknown =>
        typeof request === 'object' && request !== null && Reflect.get(request, 'name') === refused
          ? { ok: false, error: { code: 'internal', message: reason } }
          : Reflect.apply(handler, undefined, [event, request]),
      );
    },
    { channel: INVOKE_CHANNEL, refused: procedure, reason: REASON },
  );
}
