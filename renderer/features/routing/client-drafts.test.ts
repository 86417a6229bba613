import { describe, expect, it } from 'vitest';
import { clientDraft, newClient, readClient } from './client-drafts.ts';

const read = (changes: Partial<ReturnType<typeof newClient>>) =>
  readClient({ ...newClient(false), id: 'ci', ...changes }, ['laptop']);

describe('what is typed of a client', () => {
  it('with nothing but a name limits nothing', () =>
    expect(read({ id: ' ci ' })).toEqual({
      ok: true,
      client: { id: 'ci', optional: true, rpm: 0, maxConcurrency: 0, models: [], log: null },
      budget: {},
    }));

  it('is read with its budget', () =>
    expect(
      read({ demands: true, rpm: '1,000', log: 'off', models: ['a/*'], amount: '$5', per: 'day' }),
    ).toMatchObject({
      client: { optional: false, rpm: 1_000, log: 'off', models: ['a/*'] },
      budget: { budget: { usd: 5, per: 'day' } },
    }));

  it.each([
    [{ id: '' }, 'id'],
    [{ id: 'a b' }, 'id'],
    [{ id: '-a' }, 'id'],
    [{ id: 'x'.repeat(65) }, 'id'],
    [{ id: 'laptop' }, 'taken'],
    [{ id: 'default' }, 'taken'],
    [{ rpm: '-1' }, 'rpm'],
    [{ rpm: 'many' }, 'rpm'],
    [{ rpm: '100001' }, 'rpm'],
    [{ maxConcurrency: '1.5' }, 'maxConcurrency'],
    [{ amount: 'much' }, 'amount'],
  ])('%o has a fault', (changes, fault) =>
    expect(read(changes)).toMatchObject({ ok: false, faults: new Set([fault]) }),
  );
});

it('a client is read as it was shown', () => {
  const view = { id: 'a', fingerprint: '…1234', optional: false, rpm: 3, maxConcurrency: 0, tool: null };
  const draft = clientDraft({ ...view, models: ['m'], log: 'metadata' });
  expect(draft).toMatchObject({ rpm: '3', maxConcurrency: '', demands: true, log: 'metadata' });
  expect(readClient(draft, [])).toMatchObject({
    client: { id: 'a', rpm: 3, models: ['m'], log: 'metadata' },
  });
});
