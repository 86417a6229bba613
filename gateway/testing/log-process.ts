/**
 * A process that records requests without end until it is killed. Prints the highest sequence that is surely
 * on disk; every third request is left running.
 */
import { statisticsQuerySchema } from '../../contract/log/statistics.ts';
import { capture, liveRow, requestRow } from './request-row.ts';
import { openTestLog } from './test-log.ts';

const [file = ''] = process.argv.slice(2);
const { log } = openTestLog(file);
const query = statisticsQuerySchema.parse({ from: 0, until: 60_000, bucket: 60_000 });

for (let sequence = 1; ; sequence += 1) {
  log.begin(liveRow(sequence));
  if (sequence % 3 !== 0) {
    const body = capture(`request ${sequence} `.repeat(100));
    log.finish(requestRow({ sequence }), { request: body, response: body });
  }
  if (sequence % 20 !== 0) continue;
  await log.flush();
  // What was counted is added to the sums now and then.
  if (sequence % 60 === 0) await log.figures(query, Date.now());
  process.stdout.write(`${sequence}\n`);
}
