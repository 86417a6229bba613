/** Tools whose calls are answered one by one, thought over, and answered by themselves. */
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import { serveOwnModels } from '../fixtures/own-models.ts';
import { answers, lastSent, openPlayground, readSent, say } from '../fixtures/playground.ts';
import { expect, test } from '../fixtures/test.ts';

const upstream = serveOwnModels('sk-e2e-tools-0000004321');

/** Calls tools by these names; with their results it is done. */
function callOnce(...names: readonly string[]): void {
  upstream().script((request) => {
    const isAnswered = readSent(request).messages.at(-1)?.role === 'tool';
    const calls = names.map((name, index) => ({
      index,
      id: `call_${index}`,
      function: { name, arguments: '{}' },
    }));
    request.sse(
      isAnswered
        ? [chunk({ content: `Done with ${names.length}.` }), chunk({}, 'stop'), DONE]
        : [chunk({ tool_calls: calls }), chunk({}, 'tool_calls'), DONE],
    );
  });
}

test('results are given one by one and thought over until the last; canned ones go without asking', async ({
  app,
  page,
}) => {
  callOnce('get_time', 'get_place', 'get_place');
  await openPlayground(app, 'models=mine/m');
  const dialog = page.getByRole('dialog', { name: 'Tools' });
  const name = dialog.getByRole('textbox', { name: 'Name', exact: true });
  await page.getByRole('button', { name: 'No tools' }).click();
  await name.fill('given_up');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('No tool is offered.')).toBeVisible();
  await page.getByRole('button', { name: 'No tools' }).click();
  await name.fill('get_time');
  await dialog.getByRole('textbox', { name: 'Canned result' }).fill('noon');
  await dialog.getByRole('button', { name: 'Add tool' }).click();
  await name.fill('get_place');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByLabel('Tool choice').selectOption('Tool get_time');

  await say(page, 'When and where?');
  const time = page.getByRole('region', { name: 'Call 1 of get_time' });
  const place = page.getByRole('region', { name: 'Call 2 of get_place' });
  const other = page.getByRole('region', { name: 'Call 3 of get_place' });
  await time.getByRole('button', { name: 'Use canned' }).click();
  await time.getByRole('button', { name: 'Give result' }).click();
  await expect(time).toContainText('Returned');
  expect(lastSent(upstream())).toMatchObject({
    tool_choice: { function: { name: 'get_time' } },
    tools: [{ function: { name: 'get_time' } }, { function: { name: 'get_place' } }],
  });
  await time.getByRole('button', { name: 'Change' }).click();
  await time.getByRole('textbox').fill('given up');
  await time.getByRole('button', { name: 'Cancel' }).click();
  await expect(time).toContainText('noon');
  await time.getByRole('button', { name: 'Change' }).click();
  await expect(time.getByRole('textbox')).toHaveValue('noon');
  await time.getByRole('textbox').fill('midnight');
  await place.getByRole('textbox').fill('here');
  await place.getByRole('button', { name: 'Give result' }).click();
  await expect(place).toContainText('Result given');
  // What is being written in one card outlasts what is given in another.
  await expect(time.getByRole('textbox')).toHaveValue('midnight');
  await time.getByRole('button', { name: 'Give result' }).click();
  await expect(time).toContainText('midnight');
  await other.getByRole('textbox').fill('there');
  await other.getByRole('button', { name: 'Send result' }).click();
  await expect(answers(page).last()).toContainText('Done with 3.');
  expect(lastSent(upstream()).messages.slice(-3)).toMatchObject(
    ['midnight', 'here', 'there'].map((content) => ({ role: 'tool', content })),
  );

  callOnce('get_time');
  await page.getByRole('checkbox', { name: 'Send canned results without asking' }).check();
  await say(page, 'And now?');
  await expect(answers(page).last()).toContainText('Done with 1.');
  expect(lastSent(upstream()).messages.at(-1)).toMatchObject({ role: 'tool', content: 'noon' });
});
