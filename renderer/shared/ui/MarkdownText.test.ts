import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import { h, ref } from 'vue';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import { PIECE_LINES, type HighlightPiece, type HighlightTask } from '../utils/markdown/highlight-task.ts';
import MarkdownText from './MarkdownText.vue';

/** What was given to the worker that colours. It makes every piece a keyword. */
const tasks: HighlightTask[] = [];
class FakeWorker extends EventTarget {
  postMessage(task: HighlightTask): void {
    tasks.push(task);
    const lines = task.code.split('\n').map((text) => [{ text, kind: 'code-keyword' }]);
    for (let from = 0; from < lines.length; from += PIECE_LINES) {
      const piece = lines.slice(from, from + PIECE_LINES);
      const data: HighlightPiece = { id: task.id, lines: piece, last: from + PIECE_LINES >= lines.length };
      this.dispatchEvent(new MessageEvent('message', { data }));
    }
  }
}

afterEach(() => {
  tasks.length = 0;
  vi.unstubAllGlobals();
});

/** A text on a page, and how to let it grow. */
async function mountText(first: string) {
  vi.stubGlobal('Worker', FakeWorker);
  const text = ref(first);
  const growing = ref(true);
  const component = { render: () => h(MarkdownText, { text: text.value, growing: growing.value }) };
  const { page } = await mountPage({
    rpc: createFakeRpc({}),
    route: { path: '/', component },
    at: '/',
  });
  await flushPromises();
  return {
    page,
    grow: async (more: string): Promise<void> => {
      text.value += more;
      await flushPromises();
    },
    end: async (): Promise<void> => {
      growing.value = false;
      await flushPromises();
    },
  };
}

it('never draws a finished block again, however the text grows', async () => {
  const { page, grow, end } = await mountText('*one*\n\nfirst *words*\n\n```\ncode\n```\n\nlast');
  const finished = (): readonly Element[] => [
    ...page.findAll('em, .code-block').map(({ element }) => element),
  ];
  const before = finished();
  expect(before).toHaveLength(3);
  const changed = vi.fn<(records: readonly MutationRecord[]) => void>();
  const observer = new MutationObserver(changed);
  for (const element of before) {
    observer.observe(element, { childList: true, characterData: true, subtree: true });
  }
  for (let part = 0; part < 20; part += 1)
    await grow(` more\n\nand *part* ${part}\n\n\`\`\`ts\nx\n\`\`\`\n\n`);
  await end();
  expect(before.map((element, place) => finished()[place] === element)).toEqual([true, true, true]);
  expect(changed).not.toHaveBeenCalled();
  observer.disconnect();
});

it('does not colour code while it grows, and draws only the end of it', async () => {
  const { page, grow, end } = await mountText('```ts\n');
  for (let line = 0; line < 100; line += 1) await grow(`const value${line} = ${line};\n`);
  const pieces = page.findAll('.code-block code > span').map(({ element }) => element);
  expect(pieces.length).toBeGreaterThan(2);
  const [first] = pieces;
  const inside = first?.firstChild;
  await grow('let last;\n');
  expect(page.find('.code-block code > span').element).toBe(first);
  expect(first?.firstChild).toBe(inside);
  expect(tasks).toEqual([]);

  await end();
  expect(tasks).toHaveLength(1);
  await expect.poll(() => page.find('.code-keyword').exists()).toBe(true);
  expect(page.find('.code-block code').text()).toBe(tasks[0]?.code);
});

it('colours code once, when something follows it', async () => {
  const { grow, end } = await mountText('```ts\nlet a;\n```\n');
  expect(tasks).toEqual([]);
  await grow('\nAnd then');
  expect(tasks.map(({ code }) => code)).toEqual(['let a;']);
  await grow(' some more.\n\nAnd more.');
  await end();
  expect(tasks).toHaveLength(1);
});
