/** Judges away from the page: a `pattern` of a schema may take longer than the page will last. */
import { judge, type SchemaTask } from './schema-judge.ts';

addEventListener('message', ({ data }: MessageEvent<SchemaTask>) => {
  void judge(data).then((faults) => postMessage(faults));
});
