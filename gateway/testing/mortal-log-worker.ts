/** The log's worker, killed by each batch with a row whose error is `deadly`. */
import { parentPort } from 'node:worker_threads';
import type { WriterRequest } from '../storage/messages.ts';

parentPort?.on('message', (request: WriterRequest) => {
  if (request.kind !== 'batch') return;
  if (request.batch.entries.some(({ row }) => row.errorMessage === 'deadly')) process.exit(3);
});
await import('../storage/worker.ts');
