/** Entry of all workers of the request log; the role comes with the start. */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { tellLoaded } from './log-worker.ts';
import { workerDataSchema } from './messages.ts';
import { runChecker } from './worker-checker.ts';
import { runReader } from './worker-reader.ts';
import { runWriter } from './worker-writer.ts';

if (parentPort === null)
  throw new Error('worker.ts of the request log is started by the gateway, not by hand.');
const data = workerDataSchema.parse(workerData);
// The native module comes with the first database.
new Database(':memory:').close();
tellLoaded(data.loaded);
switch (data.role) {
  case 'writer':
    runWriter(parentPort, data);
    break;
  case 'reader':
    runReader(parentPort, data.file);
    break;
  case 'checker':
    runChecker(parentPort, data.file);
}
