import { expect, it } from 'vitest';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { fullKeys, remark } from '../../contract/rpc/remarks/remark.ts';
import { redactTold, textsOfTold, withoutInnerText } from './redact-told.ts';

const key = (name: string): Told => remark('full-place', { provider: name, why: 'max_concurrency' });
const told = remark('no-room', {}, fullKeys([key('a'), key('sk-secret')]));
const redact = (text: string): string => text.replaceAll('sk-secret', '***');

it('takes a secret out of a sentence, its values and all that is in it', () => {
  expect(redactTold(told, redact)).toEqual(remark('no-room', {}, fullKeys([key('a'), key('***')])));
});

it('shows every text, so that one look finds a secret', () => {
  const texts = textsOfTold(told);
  expect(texts).toContain('sk-secret');
  expect(texts).toContain(told.text);
});

it('leaves the English of what a saying has inside to its own text', () => {
  const slim = withoutInnerText(told);
  expect(slim).toMatchObject({
    code: 'no-room',
    text: told.text,
    reason: { text: '', parts: [{ text: '' }, { text: '' }] },
  });
  expect(slim.reason?.parts?.map(({ values }) => values)).toEqual(
    told.reason?.parts?.map(({ values }) => values),
  );
});
