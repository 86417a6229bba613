/** Loaded into each measured process beside its own code: tells the CPU time of its main thread, or its memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Without it the heap holds whatever nobody has had time to collect. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}

process.on('message', (message) => {
  if (message === 'cpu') {
    const { user, system } = process.threadCpuUsage();
    process.send?.({ cpu: user + system, rss: process.memoryUsage.rss() });
  }
  if (message === 'memory') {
    collect();
    const { heapUsed: heap, external, rss } = process.memoryUsage();
    process.send?.({ heap, external, rss, handles: process.getActiveResourcesInfo().length });
  }
});
process.channel?.unref();
process.on('disconnect', () => process.exit(0));
