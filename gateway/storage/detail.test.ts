import { expect, it } from 'vitest';
import { quoted, remark } from '../../contract/rpc/remarks/remark.ts';
import { requestRow } from '../testing/request-row.ts';
import { decodeDetail, encodeDetail } from './detail.ts';

it('keeps what a row is told of as data', () => {
  const warnings = [remark('not-taken', { name: 'stop', by: 'm' }), remark('anthropic-seed')];
  expect(decodeDetail(encodeDetail(requestRow({ sequence: 1, warnings }))).warnings).toEqual(warnings);
});

it('reads the sentences of older rows as quotations', () => {
  const older = { ...requestRow({ sequence: 1 }), warnings: ['seed was left out.'] };
  expect(decodeDetail(JSON.stringify(older)).warnings).toEqual([quoted('seed was left out.')]);
});
