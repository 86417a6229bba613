import { describe, expect, it } from 'vitest';
import { NO_OVERRIDES } from './overrides.ts';
import { parseConfig } from './parse.ts';

const parse = (text: string) =>
  parseConfig(text, { environment: {}, overrides: NO_OVERRIDES, builtIn: ['openai'] });

describe('guards', () => {
  it('nothing is guarded by default', () => {
    expect(parse('').config.guards).toEqual({
      max_query_length: 0,
      sensitive_patterns: [],
      action: 'reject',
    });
  });

  it("the guide's form is understood, with its switches", () => {
    const guide = (more: string): string =>
      `security: { ${more}maxQueryLength: 10000, sensitivePatterns: ['/exec\\s*\\(/i'] }`;
    const { guards } = parse(guide('enableRequestValidation: true, enableContentFiltering: true, ')).config;
    expect(guards).toMatchObject({ max_query_length: 10_000, sensitive_patterns: ['/exec\\s*\\(/i'] });
    expect(parse(guide('enableRequestValidation: false, ')).config.guards.max_query_length).toBe(0);
    expect(parse(guide('enableContentFiltering: false, ')).config.guards.sensitive_patterns).toEqual([]);
  });

  it.each([
    [
      'guards: { sensitive_patterns: ["fine", "(a)\\\\1"] }',
      'guards.sensitive_patterns[1]',
      'back references',
    ],
    ['guards: { sensitive_patterns: ["(?=a)b"] }', 'guards.sensitive_patterns[0]', 'look-ahead'],
    ['guards: { sensitive_patterns: ["(a"] }', 'guards.sensitive_patterns[0]', 'not closed'],
    ['guards: { action: redact }', 'guards.action', 'reject'],
    ['cache: { type: redis }', 'cache.type', 'Redis is not in this version'],
    ['cache: { redis: { host: localhost } }', 'cache.redis', 'not in this version'],
  ])('%s is refused', (text, place, reason) => {
    expect(() => parse(text)).toThrow(place);
    expect(() => parse(text)).toThrow(reason);
  });
});

it('the cache counts in seconds where the guide does', () => {
  expect(parse('cache: { enabled: true, ttl: 3600, maxSize: 10 }').config.cache).toMatchObject({
    enabled: true,
    ttl: 3_600_000,
    max_size: 10,
  });
});

describe('budgets', () => {
  it('have defaults', () => {
    expect(parse('budgets: [{ scope: all, usd: 5 }]').config.budgets).toEqual([
      { scope: 'all', usd: 5, per: 'month', warn_at: [0.8], action: 'block' },
    ]);
  });

  it.each([
    ['budgets: [{ scope: everybody, usd: 5 }]', 'budgets[0].scope', 'client:ID'],
    ['budgets: [{ scope: "client:nobody", usd: 5 }]', 'budgets[0].scope', 'there is no client nobody'],
    ['budgets: [{ scope: "provider:nobody", usd: 5 }]', 'budgets[0].scope', 'there is no provider nobody'],
    ['budgets: [{ scope: "alias:nobody", usd: 5 }]', 'budgets[0].scope', 'there is no alias nobody'],
    ['budgets: [{ scope: all, usd: -1 }]', 'budgets[0].usd', 'at least 0'],
    ['budgets: [{ scope: all, usd: 5, warn_at: [80] }]', 'budgets[0].warn_at[0]', 'at most 1'],
    ['budgets: [{ scope: all, usd: 5 }, { scope: all, usd: 6 }]', 'budgets[1].scope', 'already'],
    [
      'clients: [{ id: a, key: k, budget: { usd: 1 } }]\nbudgets: [{ scope: "client:a", usd: 5 }]',
      'budgets[0].scope',
      'already',
    ],
    ['clients: [{ id: a, key: k, rpm: -1 }]', 'clients[0].rpm', 'at least 0'],
  ])('%s is refused', (text, place, reason) => {
    expect(() => parse(text)).toThrow(place);
    expect(() => parse(text)).toThrow(reason);
  });

  it('of a day and of a month stand beside each other', () => {
    const both =
      'budgets: [{ scope: "provider:openai", usd: 5 }, { scope: "provider:openai", usd: 1, per: day }]';
    expect(parse(both).config.budgets).toHaveLength(2);
  });
});
