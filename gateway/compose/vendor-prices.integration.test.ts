/** Who a provider is to the catalogues, whatever its id and address: for prices and for the list of models. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KEY_ONE, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const provider = (id: string, like: string | null, address: string, model: string): string =>
  `  - { id: ${id}, ${like === null ? '' : `like: ${like}, `}base_url: "${address}", models: [${model}], keys: [{ id: a, value: ${KEY_ONE} }] }\n`;

const AZURE = 'https://res.openai.azure.com/openai/v1';
const PROVIDERS = [
  provider('azure-openai', null, AZURE, 'gpt-4o'),
  provider('my-azure', 'azure-openai', AZURE, 'gpt-4o'),
  provider('work', 'openai', 'https://eu.api.openai.com/v1', 'gpt-4o'),
  provider('openai', null, 'http://127.0.0.1:9/v1', 'gpt-4o'),
  provider('deep', 'anthropic', 'https://api.deepseek.com/anthropic', 'deepseek-chat'),
].join('');

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(`providers:\n${PROVIDERS}`);
});
afterAll(() => gateway.stop());

it.each([
  ['azure-openai/gpt-4o', 'a resource at Azure'],
  ['my-azure/gpt-4o', 'a second one'],
  ['work/gpt-4o', 'a region of OpenAI, that the catalogue has no address of'],
  ['openai/gpt-4o', 'a proxy in front of OpenAI'],
  ['deep/deepseek-chat', 'a vendor the catalogue knows at its address, though it is like another'],
])('%s has the prices of its vendor: %s', async (model) => {
  const told = await gateway.call('prices.of', { model });
  expect(told).toMatchObject({ ok: true, data: { rows: [{ source: 'catalogue', inForce: true }] } });
  expect(await gateway.call('models.list', {})).toMatchObject({
    data: {
      models: expect.arrayContaining([
        expect.objectContaining({ id: model, price: expect.objectContaining({ source: 'catalogue' }) }),
      ]),
    },
  });
});
