import { requestLogSuite } from '../testing/request-log-suite.ts';
import { createMemoryLog } from './memory-log.ts';

const clock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  after: () => () => undefined,
};

requestLogSuite('memory', () => Promise.resolve(createMemoryLog(clock)));
