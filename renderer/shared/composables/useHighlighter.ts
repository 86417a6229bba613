/** The colouring of code: a worker of its own, begun when the first block of code is on screen. */
import { defineStore } from 'pinia';
import type { HighlightPiece, HighlightTask } from '../utils/markdown/highlight-task.ts';
import type { CodeLine } from '../utils/markdown/highlight.ts';
import { createIdleQueue } from '../utils/idle-queue.ts';

type Tell = (piece: HighlightPiece) => void;

export const useHighlighter = defineStore('highlighter', () => {
  const waiting = new Map<number, Tell>();
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
      queue.add(() => {
        const tell = waiting.get(data.id);
        if (data.last) waiting.delete(data.id);
        tell?.(data);
      });
    });
    return started;
  }

  /** @param tell is given the lines piece by piece, each in idle time @returns how to call it off */
  function colour(language: string, code: string, tell: (lines: readonly CodeLine[]) => void): () => void {
    worker ??= start();
    if (worker === null) return () => undefined;
    tasks += 1;
    const task: HighlightTask = { id: tasks, language, code };
    waiting.set(task.id, ({ lines }) => tell(lines));
    worker.postMessage(task);
    return () => void waiting.delete(task.id);
  }

  return { colour };
});
