/** The log's worker, but its first batch kills it; a file beside the database remembers that it happened. */
import { existsSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { workerDataSchema, type WriterRequest } from '../storage/messages.ts';

const { file } = workerDataSchema.parse(workerData);
const marker = `${file}.crashed`;

if (!existsSync(marker)) {
  parentPort?.on('message', ({ kind }: WriterRequest) => {
    if (kind !== 'batch') return;
    writeFileSync(marker, '');
    process.exit(3);
  });
}
await import('../storage/worker.ts');
