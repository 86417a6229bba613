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

it.each([
  ['groq key …a1b2', { provider: 'groq', keyFingerprint: '…a1b2' }],
  ['groq key …', { provider: 'groq', keyFingerprint: '…' }],
  ['ollama', { provider: 'ollama', keyFingerprint: null }],
])('reads %s, passed over in an older row, as data', (name, named) => {
  const row = requestRow({ sequence: 1 });
  const passedOver = [{ name, reason: 'rate_limited' }];
  const older = { ...row, attempts: row.attempts.map((attempt) => ({ ...attempt, passedOver })) };
  const read = decodeDetail(JSON.stringify(older));
  expect(read.attempts[0]?.passedOver).toEqual([{ ...named, reason: 'rate_limited' }]);
  expect(decodeDetail(JSON.stringify(read))).toEqual(read);
});

it('reads why an older row failed as a quotation, and a newer one as it was', () => {
  const row = requestRow({ sequence: 1, errorMessage: 'It failed.' });
  expect(decodeDetail(JSON.stringify({ ...row, errorTold: undefined })).errorTold).toEqual(
    quoted('It failed.'),
  );
  const told = remark('queue-waited', { provider: 'groq', seconds: 30 });
  const newer = requestRow({ sequence: 1, errorMessage: told.text, errorTold: told });
  expect(decodeDetail(encodeDetail(newer)).errorTold).toEqual(told);
});
