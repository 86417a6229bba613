import { describe, expect, it } from 'vitest';
import { readModelList } from './azure-openai/quirks/model-list.ts';
import { readBalance } from './deepseek/quirks/balance.ts';
import { readBalance as readKimiBalance } from './moonshot/quirks/balance.ts';
import { readKeyFacts } from './openrouter/quirks/key-facts.ts';

describe('what OpenRouter tells of a key', () => {
  it.each([
    ['no limit', { data: { limit: null, limit_remaining: null, usage: 3 } }, false, null],
    ['credit left', { data: { limit: 10, limit_remaining: 2.5 } }, false, 'limit_remaining 2.5 of 10'],
    ['used up', { data: { limit: 10, limit_remaining: 0 } }, true, 'limit_remaining 0 of 10'],
    ['overdrawn', { data: { limit: 10, limit_remaining: -0.01 } }, true, 'limit_remaining -0.01 of 10'],
  ])('%s', (_case, answer, exhausted, message) =>
    expect(readKeyFacts(answer)).toMatchObject({ exhausted, message }),
  );
  it('tells what is left in figures, where there is a limit', () => {
    const { left } = readKeyFacts({ data: { limit: 10, limit_remaining: 2.5 } }) ?? {};
    expect(left).toEqual({ name: 'credit', limit: 10, remaining: 2.5 });
    expect(readKeyFacts({ data: { limit: null, limit_remaining: null } })).not.toHaveProperty('left');
  });
  it.each([[null], [[]], ['x'], [{}], [{ data: null }], [{ data: 'x' }]])('%j is no such answer', (answer) =>
    expect(readKeyFacts(answer)).toBeUndefined(),
  );
});

describe('what DeepSeek tells of a balance', () => {
  const infos = [{ currency: 'CNY', total_balance: '110.00', granted_balance: '10.00' }];
  it.each([
    ['enough', { is_available: true, balance_infos: infos }, false, 'total_balance 110.00 CNY'],
    ['used up', { is_available: false, balance_infos: infos }, true, 'total_balance 110.00 CNY'],
    ['without figures', { is_available: true }, false, null],
    ['with odd figures', { is_available: true, balance_infos: [null, 7, {}] }, false, null],
  ])('%s', (_case, answer, exhausted, message) =>
    expect(readBalance(answer)).toEqual({ exhausted, message }),
  );
  it.each([[null], [[]], [{ object: 'list', data: [] }]])('%j is no such answer', (answer) =>
    expect(readBalance(answer)).toBeUndefined(),
  );
});

describe('what Moonshot tells of a balance', () => {
  it.each([
    [
      'enough',
      { code: 0, data: { available_balance: 49.5, cash_balance: 3 } },
      false,
      'available_balance 49.5',
    ],
    ['used up', { data: { available_balance: 0 } }, true, 'available_balance 0'],
    ['in debt', { data: { available_balance: -1.25 } }, true, 'available_balance -1.25'],
  ])('%s', (_case, answer, exhausted, message) =>
    expect(readKimiBalance(answer)).toMatchObject({ exhausted, message }),
  );
  it.each([[null], [{}], [{ data: { available_balance: '1' } }]])('%j is no such answer', (answer) =>
    expect(readKimiBalance(answer)).toBeUndefined(),
  );
});

describe("what Azure's list proves", () => {
  it('a list says that the key is good, and nothing of credit', () =>
    expect(readModelList({ object: 'list', data: [] })).toEqual({ exhausted: false, message: null }));
  it.each([[null], [{ data: {} }], [[]]])('%j is no such answer', (answer) =>
    expect(readModelList(answer)).toBeUndefined(),
  );
});
