import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { h } from 'vue';
import type { PresetImport } from '../../../contract/rpc/procedures/presets.ts';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { useToasts, type Toast } from '../../shared/composables/useToasts.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import { usePresetFiles, type PresetFiles } from './usePresetFiles.ts';

async function setUp(taken: () => PresetImport) {
  const rpc = createFakeRpc({
    'presets.import': taken,
    'presets.remove': () => ({ presets: [] }),
  });
  let files: PresetFiles | undefined;
  let toasts: () => readonly Toast[] = () => [];
  const component = {
    setup() {
      files = usePresetFiles();
      const store = useToasts();
      toasts = () => store.toasts;
      return () => h('p');
    },
  };
  await mountPage({ rpc, route: { path: '/', component }, at: '/' });
  const read = async (): Promise<Toast | undefined> => {
    await files?.read(new File(['{}'], 'mine.json'));
    return toasts().at(-1);
  };
  return { rpc, read };
}

it.each<[string, Omit<PresetImport, 'presets'>, string, string | undefined]>([
  [
    'under their own names',
    { added: [{ id: 'p-1', name: 'A', renamedFrom: null }], known: 0 },
    'One preset imported',
    undefined,
  ],
  [
    'renamed',
    {
      added: [
        { id: 'p-1', name: 'A (2)', renamedFrom: 'A' },
        { id: 'p-2', name: 'B', renamedFrom: null },
      ],
      known: 1,
    },
    '2 presets imported',
    '“A” was taken; it is now “A (2)”. One was here already.',
  ],
  ['nothing new', { added: [], known: 3 }, 'Nothing new in this file', '3 were here already.'],
])('tells what was imported: %s', async (_, brought, title, text) => {
  const { read } = await setUp(() => ({ presets: [], ...brought }));
  const toast = await read();
  expect(toast).toMatchObject({ kind: 'ok', title });
  expect(toast?.text).toBe(text);
  expect(toast?.undo !== undefined).toBe(brought.added.length > 0);
});

it('takes back what it brought, and nothing else', async () => {
  const { rpc, read } = await setUp(() => ({
    presets: [],
    added: ['p-1', 'p-2'].map((id) => ({ id, name: id, renamedFrom: null })),
    known: 1,
  }));
  (await read())?.undo?.();
  await flushPromises();
  const removed = rpc.calls.filter(({ name }) => name === 'presets.remove').map(({ input }) => input);
  expect(removed).toEqual([{ id: 'p-1' }, { id: 'p-2' }]);
});

it('tells the place where a file is broken', async () => {
  const { read } = await setUp(() => {
    throw new RpcError('invalid_input', 'Line 3, column 9: this is no JSON.');
  });
  expect(await read()).toMatchObject({
    kind: 'failed',
    title: 'mine.json could not be imported',
    text: 'Line 3, column 9: this is no JSON.',
  });
});
