/** A schema judges in a worker of its own, which is ended when it takes too long. */
import type { AnswerFault, SchemaTask } from './schema-judge.ts';

/** A pattern that goes back and forth would take years, ms. */
const LONGEST = 5_000;

/** @returns null where the schema cannot judge, or not in time */
export function judgeAside(task: SchemaTask): Promise<readonly AnswerFault[] | null> {
  const worker = new Worker(new URL('./schema-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<readonly AnswerFault[] | null>((resolve) => {
    const timer = setTimeout(() => resolve(null), LONGEST);
    worker.addEventListener('message', ({ data }: MessageEvent<readonly AnswerFault[] | null>) => {
      clearTimeout(timer);
      resolve(data);
    });
    worker.addEventListener('error', () => {
      clearTimeout(timer);
      resolve(null);
    });
    worker.postMessage(task);
  }).finally(() => worker.terminate());
}
