/** The panel of the playground as a phone has it: a dialog, from which others open. */
import { chunk, DONE } from '../../gateway/testing/openai-wire.ts';
import { serveOwnModels } from '../fixtures/own-models.ts';
import { answers, openPlayground, readSent, say } from '../fixtures/playground.ts';
import { expect, test } from '../fixtures/test.ts';

const upstream = serveOwnModels('sk-e2e-phone-0000004321');

test('on a phone a column is chosen in the panel, its presets are kept and applied, tools and format are asked for', async ({
  app,
  page,
}) => {
  upstream().script((request) => request.sse([chunk({ content: '{"stars":5}' }), chunk({}, 'stop'), DONE]));
  await page.setViewportSize({ width: 375, height: 740 });
  await openPlayground(app, 'models=mine/m&models=mine/n');
  await page.getByRole('button', { name: 'Parameters' }).click();
  const panel = page.getByRole('dialog', { name: 'Parameters' });
  const temperature = panel.getByRole('textbox', { name: 'Temperature' });
  await panel.getByTitle('mine/n').click();
  await temperature.fill('0.4');

  const choosePreset = async (item: string): Promise<void> => {
    await panel.getByRole('button', { name: /^Preset: / }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const naming = page.getByRole('dialog', { name: 'Save as preset' });
  await choosePreset('Save as preset');
  await naming.getByRole('textbox', { name: 'Name' }).fill('Given up');
  await naming.getByRole('button', { name: 'Cancel' }).click();
  await choosePreset('Save as preset');
  await naming.getByRole('textbox', { name: 'Name' }).fill('Careful');
  await naming.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByRole('button', { name: 'Preset: Careful' })).toBeVisible();
  const { path } = await app.download(() => choosePreset('Export all presets'));
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), choosePreset('Import presets')]);
  await chooser.setFiles(path);
  await expect(page.getByText('One was here already.')).toBeVisible();
  await temperature.fill('1');
  await choosePreset('Manage presets');
  const presets = page.getByRole('dialog', { name: 'Presets' });
  await expect(presets.getByRole('listitem')).toHaveCount(1);
  await presets.getByRole('button', { name: 'Close' }).last().click();
  await expect(temperature).toHaveValue('1');
  await choosePreset('Manage presets');
  await presets.getByRole('button', { name: 'Apply Careful' }).click();
  await expect(temperature).toHaveValue('0.4');

  await panel.getByRole('button', { name: 'Change tools' }).click();
  await page.getByRole('dialog', { name: 'Tools' }).getByRole('button', { name: 'Cancel' }).click();
  const format = page.getByRole('dialog', { name: 'Answer format' });
  const askFormat = async (): Promise<void> => {
    await panel.getByRole('button', { name: 'Change answer format' }).click();
    await format.getByRole('button', { name: 'JSON Schema' }).click();
    await format.getByRole('textbox', { name: 'Name' }).fill('rating');
    await format.getByRole('checkbox', { name: 'Strict' }).uncheck();
  };
  await askFormat();
  await format.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel.getByRole('region', { name: 'Answer format' })).toContainText('Text');
  await askFormat();
  await format.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByRole('region', { name: 'Answer format' })).toContainText('rating');
  await page.keyboard.press('Escape');

  await say(page, 'Rate it');
  await expect(page.getByRole('button', { name: 'Model: mine/n' })).toBeVisible();
  await expect(answers(page)).toContainText('stars');
  const form = { type: 'json_schema', json_schema: { name: 'rating', strict: false } };
  await expect.poll(() => upstream().requests.length).toBe(2);
  const sent = upstream().requests.map(readSent);
  expect(sent.find(({ model }) => model === 'n')).toMatchObject({ temperature: 0.4, response_format: form });
  expect(sent.find(({ model }) => model === 'm')).not.toHaveProperty('temperature');
});
