/** Four models side by side with inputs of their own, one of them of another dialect. */
import { chunk } from '../../gateway/testing/openai-wire.ts';
import { serveOwnModels } from '../fixtures/own-models.ts';
import { answers, column, composer, openPlayground } from '../fixtures/playground.ts';
import { expect, test } from '../fixtures/test.ts';

const upstream = serveOwnModels('sk-e2e-columns-0000004321', { foreign: true });

test('four models are the most; one is chosen with the mouse and says what it leaves out, one of two is stopped', async ({
  app,
  page,
}) => {
  upstream().script((request) => {
    if (request.path.endsWith('/messages')) {
      request.json(400, { type: 'error', error: { type: 'invalid_request_error', message: 'Not today.' } });
      return;
    }
    request.head(200, { 'content-type': 'text/event-stream' });
    request.write(chunk({ content: 'The first half' }));
  });
  await openPlayground(app, 'models=mine/m');
  const add = page.getByRole('button', { name: 'Add model' });
  for (const place of [2, 3, 4]) {
    await add.click();
    await expect(column(page, place)).toBeVisible();
  }
  await expect(add).toBeDisabled();

  // The panel is about the column that was added last.
  await page.getByRole('textbox', { name: 'Seed' }).fill('7');
  await column(page, 4)
    .getByRole('button', { name: /^Model:/ })
    .click();
  const choice = page.getByRole('option', { name: 'foreign/c' });
  await choice.hover();
  await expect(page.getByRole('combobox', { name: 'Search models' })).toHaveAttribute(
    'aria-activedescendant',
    (await choice.getAttribute('id')) ?? '',
  );
  await choice.click();
  await expect(column(page, 4).getByRole('button', { name: 'Model: foreign/c' })).toBeVisible();
  await composer(page).fill('Tell me');
  await expect(page.getByRole('region', { name: 'Sent as' })).toContainText('no seed, so it was left out');

  await page.getByRole('button', { name: 'Separate' }).click();
  const tell = async (place: number): Promise<void> => {
    const field = column(page, place).getByRole('textbox', { name: /^Message / });
    await field.fill('Tell me');
    await field.press('Enter');
  };
  await tell(4);
  await expect(answers(column(page, 4)).getByRole('alert')).toContainText('Not today.');
  await expect(answers(column(page, 4))).toContainText('no seed, so it was left out');
  for (const place of [1, 2]) {
    await tell(place);
    await expect(answers(column(page, place))).toContainText('The first half');
  }
  await column(page, 1).locator('form').getByRole('button', { name: 'Stop' }).click();
  await expect(answers(column(page, 1))).toContainText('Stopped');
  await expect(answers(column(page, 2))).not.toContainText('Stopped');
  await expect(answers(column(page, 3))).toHaveCount(0);
});
