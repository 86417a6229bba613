import { afterEach, expect, it, vi } from 'vitest';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import { makeTurn, newConversation } from './conversation.ts';
import { addTurn } from './tree.ts';
import { useConversationFiles, type ConversationFiles } from './useConversationFiles.ts';

afterEach(() => vi.restoreAllMocks());

it.each([
  ['en', '> **Reasoning**'],
  // It is over: 推理中 would say that it goes on.
  ['zh-CN', '> **推理过程**'],
] as const)('heads what the model thought as something finished (%s)', async (language, heading) => {
  const saved: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    if (blob instanceof Blob) saved.push(blob);
    return 'blob:x';
  });
  // The document of the test would go to the file instead of saving it.
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
  let files: ConversationFiles | undefined;
  const component = {
    setup() {
      files = useConversationFiles();
      return () => null;
    },
  };
  await mountPage({ rpc: createFakeRpc({}), route: { path: '/', component }, at: '/', language });
  const empty = newConversation('c-12345678', ['m'], 1);
  const answer = makeTurn('assistant', null, 1, { text: 'Seven.', reasoning: 'Three and four.' });
  const columns = empty.columns.map(({ id }) => id);
  await files?.save(addTurn(empty, answer, columns), 'markdown');
  expect(await saved[0]?.text()).toContain(heading);
});
