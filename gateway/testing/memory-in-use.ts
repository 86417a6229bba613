/** What this process really holds on to, for tests of what must not grow. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const isCollector = (value: unknown): value is () => void => typeof value === 'function';

/** Bytes of objects and buffers after everything else was collected. */
export function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (!isCollector(collect)) throw new Error('no garbage collector to call');
  // Buffers are let go of after what held them.
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
