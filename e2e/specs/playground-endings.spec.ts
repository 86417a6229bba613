/** Answers that end early, with what their notes offer, and the versions that come of it, walked with the mouse. */
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import { serveOwnModels } from '../fixtures/own-models.ts';
import { answers, lastSent, openPlayground, say } from '../fixtures/playground.ts';
import { expect, test } from '../fixtures/test.ts';

const upstream = serveOwnModels('sk-e2e-endings-0000004321');

function answerWith(content: string, ending = 'stop'): void {
  upstream().script((request) => request.sse([chunk({ content }), chunk({}, ending), DONE]));
}

test('what failed is tried again, versions are stepped through, an edit is given up; what broke off goes on', async ({
  app,
  page,
}) => {
  upstream().script((request) => request.json(400, { error: { message: 'Not today.' } }));
  await openPlayground(app, 'models=mine/m');
  await say(page, 'Once');
  const answer = answers(page);
  await expect(answer.getByRole('alert')).toContainText('Not today.');
  answerWith('Second');
  await answer.getByRole('button', { name: 'Try again' }).click();
  await expect(answer).toContainText('Second');
  answerWith('Third');
  await answer.getByRole('button', { name: 'Answer again' }).click();
  await expect(answer).toContainText('Third');
  await answer.getByRole('button', { name: 'Previous version' }).click();
  await expect(answer).toContainText('Second');
  await answer.getByRole('button', { name: 'Next version' }).click();
  await expect(answer).toContainText('Third');

  const message = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'You' }) });
  const edit = page.getByRole('button', { name: 'Edit', exact: true });
  const field = page.getByRole('textbox', { name: 'Edit message' });
  await edit.click();
  await field.fill('Given up');
  await message.getByRole('button', { name: 'Cancel' }).click();
  await expect(message).toContainText('Once');
  // The keyboard goes on where it was.
  await expect(edit).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('Once');
  await field.fill('Twice');
  answerWith('Fourth');
  await message.getByRole('button', { name: 'Send again' }).click();
  await expect(answer).toContainText('Fourth');
  await message.getByRole('button', { name: 'Previous version' }).click();
  await expect(answer).toContainText('Third');
  await message.getByRole('button', { name: 'Next version' }).click();
  await expect(answer).toContainText('Fourth');

  upstream().script((request) => {
    request.head(200, { 'content-type': 'text/event-stream' });
    request.write(chunk({ content: 'Beginning' }));
  });
  await say(page, 'Tell me');
  const last = answers(page).last();
  await expect(last).toContainText('Beginning');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(last).toContainText('Stopped');
  answerWith('Middle', 'length');
  await last.getByRole('button', { name: 'Continue' }).click();
  await expect(last).toContainText('The answer ended at the token limit.');
  expect(lastSent(upstream()).messages.at(-1)).toMatchObject({ role: 'assistant', content: 'Beginning' });
  answerWith('End');
  await last.getByRole('button', { name: 'Continue' }).click();
  await expect(last).toContainText('End');
  expect(lastSent(upstream()).messages.at(-1)).toMatchObject({ role: 'assistant', content: 'Middle' });
});
