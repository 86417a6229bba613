import { expect, test } from '../../fixtures/browser-test.ts';

test('the printed link opens the pages, logged in, and leaves no token in the address', async ({
  page,
  host,
}) => {
  await page.goto(host.logInAddress);
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await expect.poll(() => page.url()).not.toContain('token');
  const session = await page.request.get(`${host.address}/admin/session`);
  expect(session.status()).toBe(200);
});

test('the page brings its policy and none of it is violated', async ({ page, host, pageErrors }) => {
  const response = await page.goto(host.logInAddress);
  expect(response?.headers()['content-security-policy']).toContain("default-src 'none'");
  await expect(page.getByRole('navigation').first()).toBeVisible();
  expect(pageErrors).toEqual([]);
});

test('the build streams a chat and its log worker writes the row', async ({ page, host }) => {
  const answer = await page.request.post(`${host.address}/v1/chat/completions`, {
    data: { model: 'demo/chat', stream: true, messages: [{ role: 'user', content: 'hello' }] },
  });
  expect(await answer.text()).toContain('data: [DONE]');
  const token = new URL(host.logInAddress).hash.slice('#token='.length);
  await page.request.post(`${host.address}/admin/login`, { data: { token } });
  await expect
    .poll(async () => (await page.request.get(`${host.address}/api/stats`)).text())
    .toContain('"total_requests":1,"success_rate":100,');
});
