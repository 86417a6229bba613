/** The log's worker, but its writer opens the file only once there is another one beside it, named `<file>.open`. */
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { workerDataSchema } from '../storage/messages.ts';

const { file, role } = workerDataSchema.parse(workerData);
while (role === 'writer' && !existsSync(`${file}.open`)) await pause(10);
await import('../storage/worker.ts');
