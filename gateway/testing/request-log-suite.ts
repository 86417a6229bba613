/** What every request log must do, run against each of them. */
import { afterEach, beforeEach, describe } from 'vitest';
import type { RequestLog } from '../core/log-store.ts';
import { itFilters } from './request-log/filters.ts';
import { itFindsWords } from './request-log/words.ts';
import { itKeepsBodies } from './request-log/bodies.ts';
import { itKeepsRows } from './request-log/rows.ts';
import { itLetsRowsGo } from './request-log/leaving.ts';

/** @param open makes an empty log of its own for each test; the suite closes it */
export function requestLogSuite(name: string, open: () => Promise<RequestLog>): void {
  describe(`request log: ${name}`, () => {
    let log: RequestLog;
    beforeEach(async () => {
      log = await open();
    });
    afterEach(() => log.close());

    const opened = (): RequestLog => log;
    itKeepsRows(opened);
    itFilters(opened);
    itFindsWords(opened);
    itKeepsBodies(opened);
    itLetsRowsGo(opened);
  });
}
