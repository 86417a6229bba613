import { quoted } from '../../contract/rpc/remarks/remark.ts';
import { expect, it } from 'vitest';
import { createRedactor } from '../core/redact.ts';
import { requestRow } from '../testing/request-row.ts';
import { redactRow } from './redact-row.ts';

const SECRET = 'sk-live-0123456789';
const redactor = createRedactor([SECRET]);

/** Texts the configuration or the gateway itself chooses, by which rows are found. */
const OWN_NAMES = [
  'id',
  'outcome',
  'errorCode',
  'client',
  'dialect',
  'provider',
  'method',
  'keyFingerprint',
  'keyId',
];

it('takes a secret out of every text that came from outside', () => {
  const plain = requestRow({ sequence: 1, errorMessage: 'text' });
  const texts = Object.entries(plain).filter(
    ([name, value]) => typeof value === 'string' && !OWN_NAMES.includes(name),
  );
  expect(texts.map(([name]) => name)).toContain('userAgent');
  const [attempt] = plain.attempts;
  if (attempt === undefined) throw new Error('the row has an attempt');
  const row = {
    ...plain,
    ...Object.fromEntries(texts.map(([name]) => [name, `see ${SECRET}`])),
    warnings: [quoted('fine'), quoted(SECRET)],
    attempts: [attempt, { ...attempt, model: SECRET, message: `wrong key ${SECRET}` }],
    requestHeaders: { 'x-note': SECRET },
    responseHeaders: { 'x-note': SECRET },
  };
  const clean = redactRow(row, redactor);
  expect(JSON.stringify(clean)).not.toContain(SECRET);
  expect(clean.warnings).toEqual([quoted('fine'), quoted('[redacted]')]);
  expect(clean.attempts[0]).toEqual(attempt);
});

it.each(['authorization', 'Set-Cookie', 'x-api-key', 'helicone-auth', 'cf-access-client-secret'])(
  'hides the header %s whatever it holds',
  (name) => {
    const row = requestRow({ sequence: 1, responseHeaders: { [name]: 'plain words' } });
    expect(redactRow(row, redactor).responseHeaders).toEqual({ [name]: '[redacted]' });
  },
);

it('finds a short secret that is a whole text', () => {
  const row = requestRow({ sequence: 1, requestHeaders: { 'x-note': 'abc12' } });
  expect(redactRow(row, createRedactor(['abc12'])).requestHeaders).toEqual({ 'x-note': '[redacted]' });
});

it('answers the row itself when nothing is secret', () => {
  const row = requestRow({ sequence: 1 });
  expect(redactRow(row, redactor)).toBe(row);
});
