/** Row 45 of the fault list: the port belongs to somebody else. */
import { createServer, type Server } from 'node:http';
import { invoke } from '../../fixtures/bridge.ts';
import { freePort } from '../../fixtures/data-folder.ts';
import type { DesktopApp } from '../../fixtures/desktop-app.ts';
import { expect, test as base } from '../../fixtures/desktop-test.ts';
import { IS_ELECTRON } from '../../fixtures/electron.ts';

/** Another program on the configured port. */
const test = base.extend<{ holder: { readonly port: number; leave(): Promise<void> }; answer: string }>({
  answer: ['', { option: true }],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are wanted.
  holder: async ({}, use) => {
    const port = await freePort();
    const server = createServer((_request, response) => response.end('somebody else'));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    await use({ port, leave: () => close(server) });
    await close(server);
  },
  start: async ({ holder, answer }, use) => {
    const environment: Record<string, string> = answer === '' ? {} : { STAND_IN_ANSWER: answer };
    await use({ config: `server: { port: ${holder.port} }\n`, environment });
  },
});

test.skip(IS_ELECTRON, 'a dialog of Electron waits for somebody to click');

const statusOf = async ({ page }: DesktopApp): Promise<unknown> => {
  const result = await invoke(page, 'gateway.status');
  return result.ok ? result.data : result.error;
};

const asked = ({ electron }: DesktopApp): Promise<unknown> =>
  electron.evaluate(({ dialog }): unknown => Reflect.get(dialog, 'asked'));

test('the user is told who has it and offered a free one; put off, the page says it on', async ({
  desktop,
  page,
  holder,
}) => {
  // Who has it is looked up while the page is shown already.
  await expect
    .poll(() => asked(desktop))
    .toMatchObject([
      {
        kind: 'message',
        options: {
          message: expect.stringContaining(`Port ${holder.port} is taken by`),
          buttons: [expect.stringMatching(/^Use \d+$/), 'Try again', 'Not now'],
        },
      },
    ]);
  await expect
    .poll(() => statusOf(desktop))
    .toMatchObject({ address: '', problems: [{ code: 'address_taken' }] });
  await expect(page.getByText('The configured address cannot be used').first()).toBeVisible();
});

test.describe('taken up', () => {
  test.use({ answer: '0' });

  test('the offer moves the gateway, and it stays there after a restart', async ({ desktop, holder }) => {
    await expect.poll(() => statusOf(desktop)).toMatchObject({ state: 'running', problems: [] });
    await desktop.restart();
    expect(desktop.gatewayAddress).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(desktop.gatewayAddress).not.toContain(String(holder.port));
    expect((await fetch(`${desktop.gatewayAddress}/v1/models`)).status).toBe(200);
    // It was asked once, before the restart.
    expect(await asked(desktop)).toEqual([]);
  });
});

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
