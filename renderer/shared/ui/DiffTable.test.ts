import { mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, expect, it } from 'vitest';
import en from '../../../resources/locales/en.json';
import { createTranslations } from '../../app/i18n.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { rpcKey } from '../rpc/rpc.ts';
import DiffTable from './DiffTable.vue';

afterEach(() => document.body.replaceChildren());

it('draws a long change part by part', async () => {
  const after = Array.from({ length: 1_200 }, (_, line) => `line ${line}`).join('\n');
  const table = mount(DiffTable, {
    props: { change: { path: '/home/me/notes.txt', target: null, before: '', after } },
    global: {
      plugins: [createPinia(), createTranslations('en', en)],
      provide: { [rpcKey]: createFakeRpc({}) },
    },
  });
  expect(table.findAll('code')).toHaveLength(500);
  const more = table.findAll('button').at(-1);
  expect(more?.text()).toBe('700 more lines');
  await more?.trigger('click');
  expect(table.findAll('code')).toHaveLength(1_000);
  await table.findAll('button').at(-1)?.trigger('click');
  expect(table.findAll('code')).toHaveLength(1_200);
  expect(table.findAll('button')).toHaveLength(0);
});
