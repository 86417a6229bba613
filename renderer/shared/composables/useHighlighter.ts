/** The colouring of code: a worker of its own, begun when the first block of code is on screen. */
import { defineStore } from 'pinia';
import type { HighlightPiece, HighlightTask } from '../utils/markdown/highlight-task.ts';
import type { CodeLine } from '../utils/markdown/highlight.ts';
import { createIdleQueue } from '../utils/idle-queue.ts';
import { useGateway } from './useGateway.ts';

type Tell = (piece: HighlightPiece) => void;

export const useHighlighter = defineStore('highlighter', () => {
  const gateway = useGateway();
  /** What no colours came for yet. */
  const waiting = new Map<number, { readonly task: HighlightTask; readonly tell: Tell }>();
  const queue = createIdleQueue();
  let worker: Worker | null | undefined;
  let tasks = 0;

  /** @returns null where there are no workers: code stays plain */
  function start(): Worker | null {
    if (typeof Worker === 'undefined') return null;
    const started = new Worker(new URL('../utils/markdown/highlight-worker.ts', import.meta.url), {
      type: 'module',
    });
    started.addEventListener('message', ({ data }: MessageEvent<HighlightPiece>) => {
      if (data.missing === true) return void wait(data.id);
      // There is no grammar for the language: what is told of no line would stand in the place of the code.
      if (data.lines.length === 0) return void waiting.delete(data.id);
      queue.add(() => {
        const known = waiting.get(data.id);
        if (data.last) waiting.delete(data.id);
        known?.tell(data);
      });
    });
    started.addEventListener('error', () => void lose(started));
    return started;
  }

  /** The worker itself did not come. Colours are an ornament: where its file is gone, code stays plain. */
  async function lose(lost: Worker): Promise<void> {
    lost.terminate();
    worker = null;
    if (await gateway.answers()) return waiting.clear();
    await gateway.back();
    worker = start();
    for (const { task } of waiting.values()) worker?.postMessage(task);
  }

  /** The grammar of a language did not come. */
  async function wait(id: number): Promise<void> {
    if (await gateway.answers()) return void waiting.delete(id);
    await gateway.back();
    const known = waiting.get(id);
    if (known !== undefined) worker?.postMessage(known.task);
  }

  /** @param tell is given the lines piece by piece, each in idle time @returns how to call it off */
  function colour(language: string, code: string, tell: (lines: readonly CodeLine[]) => void): () => void {
    if (worker === undefined) worker = start();
    tasks += 1;
    const task: HighlightTask = { id: tasks, language, code };
    waiting.set(task.id, { task, tell: ({ lines }) => tell(lines) });
    worker?.postMessage(task);
    return () => void waiting.delete(task.id);
  }

  return { colour };
});
