/** Adding a provider: what the list offers, and what each form asks for. */
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { ProviderTemplate } from '../../../contract/rpc/procedures/providers.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleKey, sampleProvider } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';
import { useProviders } from './store.ts';

const route = { path: '/providers/:id?', name: 'providers', component: Page };

const template = (id: string, name: string, changes: Partial<ProviderTemplate> = {}): ProviderTemplate => ({
  id,
  name,
  endpoints: [
    {
      dialect: 'openai-chat',
      baseUrl: `https://${id}.example/v1`,
      finalUrl: `https://${id}.example/v1/chat/completions`,
    },
    {
      dialect: 'anthropic-messages',
      baseUrl: `https://${id}.example`,
      finalUrl: `https://${id}.example/v1/messages`,
    },
  ],
  addressExample: null,
  needsKey: true,
  local: false,
  signUpUrl: `https://${id}.example/keys`,
  ...changes,
});
const TEMPLATES = [
  template('mistral', 'Mistral'),
  template('azure-openai', 'Azure OpenAI', {
    endpoints: [
      { dialect: 'openai-chat', baseUrl: '', finalUrl: '' },
      { dialect: 'openai-responses', baseUrl: '', finalUrl: '' },
    ],
    addressExample: 'https://RESOURCE.openai.azure.com/openai/v1',
  }),
  template('ollama', 'Ollama', { local: true, needsKey: false }),
];

/** A key that the gateway does not take. */
const refused = { value: '' };

async function setUp() {
  const rpc = createFakeRpc({
    'providers.list': () => [sampleProvider()],
    'providers.templates': () => TEMPLATES,
    'providers.add': ({ id }) => sampleProvider({ id }),
    'keys.add': ({ value }) => {
      if (value === refused.value) throw new RpcError('unavailable', 'The store is closed.');
      return { key: sampleKey(), storage: 'stored' };
    },
  });
  const { page } = await mountPage({ rpc, route, at: '/providers' });
  await useProviders().read();
  await flushPromises();
  await press(page, 'Add provider');
  // The dialog is loaded when it is first opened.
  await vi.dynamicImportSettled();
  await flushPromises();
  return {
    added: () => rpc.calls.filter(({ name }) => name === 'providers.add').map(({ input }) => input),
    keys: () => rpc.calls.filter(({ name }) => name === 'keys.add').map(({ input }) => input),
  };
}
async function press(page: VueWrapper, name: string): Promise<void> {
  await page
    .findAll('button')
    .find((one) => one.text() === name || one.attributes('aria-label') === name)
    ?.trigger('click');
  await flushPromises();
}
function dialog(): HTMLElement {
  const found = document.querySelector<HTMLElement>('[role=dialog]');
  if (found === null) throw new Error('There is no dialog.');
  return found;
}
async function choose(name: string): Promise<void> {
  [...dialog().querySelectorAll('button')].find(({ textContent }) => textContent.includes(name))?.click();
  await flushPromises();
}
async function type(label: string, text: string): Promise<void> {
  const id = [...dialog().querySelectorAll('label')].find(({ textContent }) => textContent.includes(label));
  const input = dialog().querySelector<HTMLInputElement | HTMLTextAreaElement>(
    `#${CSS.escape(id?.htmlFor ?? '')}`,
  );
  if (input === null) throw new Error(`There is no field ${label}.`);
  input.value = text;
  input.dispatchEvent(new Event('input'));
  await flushPromises();
}
async function submit(): Promise<void> {
  dialog()
    .querySelector('form')
    ?.dispatchEvent(new Event('submit', { cancelable: true }));
  await flushPromises();
}

describe('the list of what can be added', () => {
  it('has those in the cloud first, then those of the own machine, then any address', async () => {
    await setUp();
    const text = dialog().textContent;
    const places = ['In the cloud', 'Mistral', 'On your machine', 'Ollama', 'Any other address'];
    const found = places.map((place) => text.indexOf(place));
    expect(found).toEqual(found.toSorted((one, other) => one - other));
    expect(found).not.toContain(-1);
  });

  it('shows no group without a match', async () => {
    await setUp();
    const search = dialog().querySelector('input');
    if (search === null) throw new Error('There is no search.');
    search.value = 'olla';
    search.dispatchEvent(new Event('input'));
    await flushPromises();
    expect(dialog().textContent).not.toContain('In the cloud');
    expect(dialog().textContent).toContain('Ollama');
  });
});

describe('a built-in provider', () => {
  it('shows every dialect it speaks and where its requests go', async () => {
    await setUp();
    await choose('Mistral');
    for (const text of [
      'OpenAI Chat',
      'https://mistral.example/v1/chat/completions',
      'Anthropic Messages',
      'https://mistral.example/v1/messages',
    ]) {
      expect(dialog().textContent).toContain(text);
    }
  });

  it('asks for an address where only the user knows it', async () => {
    const { added } = await setUp();
    await choose('Azure OpenAI');
    await submit();
    expect(added()).toEqual([]);
    await type('Base URL', 'https://mine.openai.azure.com/openai/v1');
    for (const call of ['chat/completions', 'responses']) {
      expect(dialog().textContent).toContain(`https://mine.openai.azure.com/openai/v1/${call}`);
    }
    await submit();
    expect(added()).toEqual([{ id: 'azure-openai', baseUrl: 'https://mine.openai.azure.com/openai/v1' }]);
  });
});

describe('any other address', () => {
  it('shows for each dialect where requests would go, and is added in the chosen one', async () => {
    const { added } = await setUp();
    await choose('Any other address');
    await type('Id', 'mine');
    await type('Base URL', 'https://a.example');
    for (const url of ['/chat/completions', '/responses', '/v1/messages', '/v1beta/models/MODEL:']) {
      expect(dialog().textContent).toContain(`https://a.example${url}`);
    }
    const choice = dialog().querySelector<HTMLInputElement>('input[value=anthropic-messages]');
    choice?.click();
    await flushPromises();
    await submit();
    expect(added()).toEqual([{ id: 'mine', dialect: 'anthropic-messages', baseUrl: 'https://a.example' }]);
  });
});

describe('keys that come with a provider', () => {
  it('are looked at first: a line that cannot be read stops all of it, and stays', async () => {
    const { added, keys } = await setUp();
    await choose('Mistral');
    await type('Key', 'sk-good-000000001111\nsk with a space');
    expect(dialog().textContent).toContain('1 key found');
    await submit();
    expect(dialog().textContent).toContain('Line 2');
    expect(dialog().textContent).toContain('Nothing was added yet');
    expect([added(), keys()]).toEqual([[], []]);
    expect(dialog().querySelector('textarea')?.value).toContain('sk with a space');

    await type('Key', 'export MISTRAL_API_KEY="sk-good-000000001111:3"');
    await submit();
    expect(keys()).toEqual([
      { provider: 'mistral', value: 'sk-good-000000001111', weight: 3, label: 'MISTRAL_API_KEY' },
    ]);
    expect(document.querySelector('[role=dialog]')).toBeNull();
  });

  it('that are refused keep what was typed; the next try adds them alone', async () => {
    const { added, keys } = await setUp();
    refused.value = 'sk-bad-0000000002222';
    await choose('Mistral');
    await type('Key', refused.value);
    await submit();
    expect(dialog().textContent).toContain('The store is closed.');
    expect(dialog().querySelector('textarea')?.value).toBe(refused.value);
    refused.value = '';
    await submit();
    expect([added().length, keys().length]).toEqual([1, 2]);
    expect(document.querySelector('[role=dialog]')).toBeNull();
  });
});
