import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERRORS, GatewayError } from './errors.ts';

const documented = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

it.each(Object.entries(ERRORS))('%s stands in docs/errors.md with its status', (code, { status }) => {
  expect(documented).toMatch(new RegExp(`^\\| \`${code}\` +\\| ${status} +\\|`, 'm'));
});

it('carries what its code says', () => {
  const error = new GatewayError('model_not_found', 'No such model.', { retryAfter: 3 });
  expect(error.definition).toMatchObject({ status: 404, retryable: false, scope: 'request' });
  expect(error.retryAfter).toBe(3);
});
