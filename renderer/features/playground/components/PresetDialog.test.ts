import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { h } from 'vue';
import type { Preset } from '../../../../contract/rpc/procedures/presets.ts';
import { createFakeRpc } from '../../../testing/fake-rpc.ts';
import { mountPage } from '../../../testing/with-app.ts';
import { newConversation } from '../conversation.ts';
import { presetOf } from '../presets.ts';
import PresetDialog from './PresetDialog.vue';

const conversation = newConversation('c-12345678', ['m'], 1);
const [column] = conversation.columns;
if (column === undefined) throw new Error('a conversation has a column');
const presets = ['Terse', 'Kind'].map((name) => presetOf(conversation, column, name));

async function setUp() {
  const renamed: [string, string][] = [];
  const component = {
    render: () =>
      h(PresetDialog, {
        open: true,
        presets,
        columns: 2,
        onRename: (preset: Preset, name: string) => void renamed.push([preset.name, name]),
      }),
  };
  await mountPage({ rpc: createFakeRpc({}), route: { path: '/', component }, at: '/' });
  await flushPromises();
  const field = document.querySelector('input[aria-label="Name of Terse"]');
  if (!(field instanceof HTMLInputElement)) throw new Error('No field');
  const type = async (name: string): Promise<void> => {
    field.value = name;
    field.dispatchEvent(new Event('change'));
    await flushPromises();
  };
  return { renamed, field, type };
}

it('keeps a name that another preset has, says so, and takes the next', async () => {
  const { renamed, field, type } = await setUp();
  await type('Kind');
  expect(field.value).toBe('Kind');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(document.querySelector('[role=alert]')?.textContent).toContain('Another preset has this name.');
  expect(renamed).toEqual([]);
  await type('Kinder');
  expect(document.querySelector('[role=alert]')).toBeNull();
  expect(renamed).toEqual([['Terse', 'Kinder']]);
});

it('puts the name back where it was emptied', async () => {
  const { renamed, field, type } = await setUp();
  await type(' ');
  expect(field.value).toBe('Terse');
  expect(renamed).toEqual([]);
});

it('names the preset on each of its buttons', async () => {
  await setUp();
  const names = [...document.querySelectorAll('li button')].map((button) =>
    button.getAttribute('aria-label'),
  );
  expect(names.filter((name) => name?.includes('Terse') === true)).toHaveLength(4);
  expect(names.filter((name) => name?.includes('Kind') === true)).toHaveLength(4);
});
