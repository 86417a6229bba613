import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ask } from '../fixtures/chat.ts';
import { expect, test } from '../fixtures/test.ts';

test('an empty log says what will appear, with a command that works', async ({ page, app }) => {
  await app.open('/requests');
  await expect(page.getByText('No requests yet')).toBeVisible();
  await expect(page.getByText('/v1/chat/completions')).toBeVisible();
});

test('a request appears while it runs, and its row tells the end', async ({ page, app }) => {
  await app.open('/requests');
  await expect(page.getByText('No requests yet')).toBeVisible();
  const leave = new AbortController();
  const running = ask(app, '/slow please', leave.signal);
  const row = page.getByRole('row').filter({ hasText: 'demo/chat' });
  await expect(row).toContainText('live');
  await expect(row).toContainText('Claude Code');
  await ask(app, 'quick');
  await expect(page.getByRole('row').filter({ hasText: '200' })).toHaveCount(1);
  await page.getByRole('row').filter({ hasText: 'live' }).click();
  await expect(page.getByText('POST /v1/chat/completions')).toBeVisible();
  leave.abort();
  await running;
  await expect(page.getByRole('row').filter({ hasText: '499' })).toBeVisible();
});

test('the detail shows attempts, both bodies and headers', async ({ page, app }) => {
  await ask(app, 'tell me about trains');
  await ask(app, '/cut now');
  await app.open('/requests');
  await page.getByRole('row').filter({ hasText: 'cut' }).click();
  await expect(page.getByText('upstream_cut').first()).toBeVisible();
  await expect(page.getByText('Attempts').first()).toBeVisible();
  const before = page.url();
  await page.getByRole('row').filter({ hasText: '200' }).click();
  await expect(page).not.toHaveURL(before);
  // The detail is that of the other request by then.
  await expect(page.getByRole('region', { name: 'Request detail' })).not.toContainText('upstream_cut');
  await page.getByRole('tab', { name: 'Request' }).click();
  await expect(page.getByText('tell me about trains')).toBeVisible();
  await page.getByRole('tab', { name: 'Response' }).click();
  await expect(page.getByText('demo model').first()).toBeVisible();
  await page.getByRole('tab', { name: 'Headers' }).click();
  await expect(page.getByText('user-agent')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tab', { name: 'Headers' })).toBeHidden();
});

test('failures can be picked out, and filters stay in the address', async ({ page, app }) => {
  await ask(app, 'good');
  await ask(app, '/error 400');
  await app.open('/requests');
  await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(2);
  await page
    .getByRole('radio', { name: 'Failed' })
    .or(page.getByRole('button', { name: 'Failed' }))
    .first()
    .click();
  await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(1);
  await expect(page).toHaveURL(/is:failed/);
  await page.reload();
  await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(1);
  await expect(page.getByRole('row').filter({ hasText: '400' })).toHaveCount(1);
});

test('works by keyboard alone: list, detail, back', async ({ page, app }) => {
  await ask(app, 'one');
  await ask(app, 'two');
  await app.open('/requests');
  await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(2);
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Request id')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Request id')).toBeHidden();
});

test('the log is deleted only after a question', async ({ page, app }) => {
  await ask(app, 'one');
  await app.open('/requests');
  await expect(page.getByRole('row').filter({ hasText: 'demo/chat' })).toHaveCount(1);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete requests' }).click();
  await expect(page.getByRole('dialog')).toContainText('Delete all finished requests?');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete requests' }).click();
  await expect(page.getByText('No requests yet')).toBeVisible();
});

test('filters are written as text, with suggestions, kept in the address, and taken back', async ({
  page,
  app,
}) => {
  await ask(app, 'good');
  await ask(app, '/cut now');
  await app.open('/requests');
  const rows = page.getByRole('row').filter({ hasText: 'demo/chat' });
  await expect(rows).toHaveCount(2);
  await page.keyboard.press('/');
  const filter = page.getByRole('combobox', { name: 'Filter requests' });
  await expect(filter).toBeFocused();
  await filter.pressSequentially('-outcome:cu');
  await expect(page.getByRole('option', { name: 'cut' })).toBeVisible();
  await filter.press('ArrowDown');
  await filter.press('Enter');
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/q=-outcome:cut/);
  await filter.fill('status:abc');
  await filter.press('Enter');
  await expect(page.getByRole('alert')).toContainText('“abc” is not a number');
  await expect(rows).toHaveCount(1);
  await page.goBack();
  await expect(page.getByRole('alert')).toBeHidden();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows).toHaveCount(2);
});

test('a view keeps a filter under a name', async ({ page, app }) => {
  await ask(app, 'good');
  await ask(app, '/error 400');
  await app.open('/requests?q=is:failed');
  const rows = page.getByRole('row').filter({ hasText: 'demo/chat' });
  await expect(rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save this filter as a view' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Broken');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Broken' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows).toHaveCount(2);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Broken' }).click();
  await expect(rows).toHaveCount(1);
});

test('two requests are picked, compared, and deleted', async ({ page, app }) => {
  await ask(app, 'one');
  await ask(app, 'two');
  await app.open('/requests');
  const rows = page.getByRole('row').filter({ hasText: 'demo/chat' });
  await expect(rows).toHaveCount(2);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('2 requests picked')).toBeVisible();
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByText('"content": "one"')).toBeVisible();
  await expect(page.getByText('"content": "two"')).toBeVisible();
  await page.goBack();
  await expect(page.getByText('2 requests picked')).toBeVisible();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete requests' }).click();
  await expect(page.getByText('No requests yet')).toBeVisible();
});

test('events, columns and replay: what a stream was made of, and the same once more', async ({
  page,
  app,
}) => {
  await ask(app, 'stream this');
  await app.open('/requests');
  const rows = page.getByRole('row').filter({ hasText: 'demo/chat' });
  await rows.click();
  await expect(page.getByText('Request id')).toBeVisible();
  await page.keyboard.press('4');
  await expect(page).toHaveURL(/tab=events/);
  await expect(page.getByText('chat.completion.chunk').first()).toBeVisible();
  await page.getByRole('button', { name: 'Choose columns' }).click();
  await page.getByRole('checkbox', { name: 'Provider' }).uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(rows).toHaveCount(1);
  await expect(page.getByRole('columnheader', { name: 'Provider' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Replay' }).click();
  await expect(rows).toHaveCount(2);
});

test('a request is copied as a command that this gateway answers, and opens in the playground', async ({
  page,
  app,
}) => {
  await ask(app, `it's "quoted" $HOME`);
  await app.open('/requests');
  await page.getByRole('row').filter({ hasText: 'demo/chat' }).click();
  await page.getByRole('button', { name: 'Copy as cURL' }).click();
  await expect.poll(() => app.clipboard()).toContain(`'${app.gatewayAddress}/v1/chat/completions'`);
  const { stdout } = await promisify(execFile)('sh', [
    '-c',
    `${await app.clipboard()} -s -w '\n%{http_code}'`,
  ]);
  expect(stdout.trimEnd().endsWith('200')).toBe(true);
  await page.getByRole('button', { name: 'Open in playground' }).click();
  await expect(page.getByRole('textbox', { name: 'Message the model' })).toHaveValue(`it's "quoted" $HOME`);
});

test('a request has a link that opens it after a reload, and is explained again as it was sent', async ({
  page,
  app,
}) => {
  await ask(app, 'where would this go');
  await app.open('/requests?q=time:1h');
  await page.getByRole('row').filter({ hasText: 'demo/chat' }).click();
  const detail = page.getByRole('button', { name: 'More', exact: true });
  // Until it is there, the last of these buttons is the list's own.
  await expect(page.getByText('Request id')).toBeVisible();
  await detail.last().click();
  await page.getByRole('menuitem', { name: 'Copy link to this request' }).click();
  await expect.poll(() => app.clipboard()).toMatch(/\/requests\/req_[a-z0-9]+$/);
  await page.reload();
  await expect(page.getByText('Request id')).toBeVisible();
  await detail.last().click();
  await page.getByRole('menuitem', { name: 'Explain again' }).click();
  await expect(page).toHaveURL(/routing\?explain=1&request=req_/);
  await expect(page.getByRole('textbox', { name: 'Request body' })).toHaveValue(/where would this go/);
});

test('columns keep the order they were put in, by keyboard', async ({ page, app }) => {
  await ask(app, 'hello');
  await app.open('/requests');
  const heads = page.getByRole('columnheader');
  await expect(heads.nth(1)).toHaveText('Time');
  await page.getByRole('button', { name: 'Choose columns' }).press('Enter');
  await page.getByRole('button', { name: 'Move Time one place forward' }).press('Enter');
  await page.keyboard.press('Escape');
  await expect(heads.nth(0)).toHaveText('Time');
  await page.reload();
  await expect(heads.nth(0)).toHaveText('Time');
});
