/** The log's worker, but its writer opens the file only once there is another one beside it, named `<file>.open`. */
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { tellLoaded } from '../storage/log-worker.ts';
import { workerDataSchema } from '../storage/messages.ts';

const { file, role, loaded } = workerDataSchema.parse(workerData);
// It may be ended while it waits.
new Database(':memory:').close();
tellLoaded(loaded);
while (role === 'writer' && !existsSync(`${file}.open`)) await pause(10);
await import('../storage/worker.ts');
