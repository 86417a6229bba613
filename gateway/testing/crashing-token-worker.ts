/** A token worker that dies of texts that say so: of "die" always, of "die once at <file>" where
 * that file is not there yet. Of "hang" it says nothing any more. */
import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', ({ call, texts }: { call: number; texts: readonly string[] }) => {
  for (const text of texts) {
    const [order, mark = ''] = text.split(' at ');
    if (order === 'die') process.exit(1);
    if (order === 'hang') return;
    if (order === 'die once' && !existsSync(mark)) {
      writeFileSync(mark, '');
      process.exit(1);
    }
  }
  // Anything but what a real worker would say, so that a test sees who answered.
  parentPort?.postMessage({ call, tokens: 1_000 });
});
