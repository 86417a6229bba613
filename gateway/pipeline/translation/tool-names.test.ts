import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCallIds, idForClient, idForTarget, toolNames } from './tool-names.ts';

const ANTHROPIC = { pattern: /^[a-zA-Z0-9_-]+$/, longest: 64 };
const MISTRAL = { pattern: /^[a-zA-Z0-9]{9}$/, longest: 9 };
const ANY = { pattern: /[^]/, longest: 1_000 };
const CHAT_NAMES = { pattern: /^[a-zA-Z0-9_-]{1,64}$/, longest: 64 };
const GEMINI_NAMES = { pattern: /^[A-Za-z_][A-Za-z0-9_.:-]{0,127}$/, longest: 128 };

describe('ids', () => {
  test('a safe id stays as it is, both ways', () => {
    expect(idForClient('call_abc-1')).toBe('call_abc-1');
    expect(idForTarget('toolu_01', ANTHROPIC)).toBe('toolu_01');
  });

  test('an id that some dialect refuses is given back to the one it came from', () => {
    const client = idForClient('functions.read:0');
    expect(client).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    expect(idForTarget(client, ANY)).toBe('functions.read:0');
  });

  test('another target gets one that fits, the same for call and result', () => {
    const client = idForClient('functions.read:0');
    expect(idForTarget(client, ANTHROPIC)).toMatch(ANTHROPIC.pattern);
    expect(idForTarget(client, ANTHROPIC)).toBe(idForTarget(client, ANTHROPIC));
    expect(idForTarget('call_0123456789abcdef', MISTRAL)).toMatch(MISTRAL.pattern);
  });

  test('whatever an upstream makes up, the client gets a safe id and every target a fitting one', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200, unit: 'binary' }), (id) => {
        const client = idForClient(id);
        expect(client).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
        expect(idForTarget(client, MISTRAL)).toMatch(MISTRAL.pattern);
        expect(idForTarget(client, ANTHROPIC)).toMatch(ANTHROPIC.pattern);
      }),
    );
  });
});

describe('names', () => {
  test('names that fit stay, others are readable and come back', () => {
    const names = toolNames(['read_file', 'mcp.server:read'], CHAT_NAMES);
    expect(names.forTarget('read_file')).toBe('read_file');
    expect(names.forTarget('mcp.server:read')).toMatch(/^mcp_server_read_[A-Za-z0-9]{8}$/);
    expect(names.forClient(names.forTarget('mcp.server:read'))).toBe('mcp.server:read');
    expect(names.forClient('made_up')).toBe('made_up');
  });

  test('any set of names fits, stays distinct and comes back, in any dialect', () => {
    const name = fc.string({ minLength: 1, maxLength: 150 });
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { maxLength: 12 }),
        fc.constantFrom(CHAT_NAMES, GEMINI_NAMES),
        (all, rule) => {
          const names = toolNames(all, rule);
          const sent = all.map(names.forTarget);
          expect(new Set(sent).size).toBe(all.length);
          for (const one of sent) expect(one).toMatch(rule.pattern);
          expect(sent.map(names.forClient)).toEqual(all);
        },
      ),
    );
  });
});

describe('ids of calls', () => {
  test('are their own, and others like them where they are taken', () => {
    const ownId = createCallIds(['a', 'a_3']);
    expect(['b', 'a', 'a', 'a', 'b'].map(ownId)).toEqual(['b', 'a_2', 'a_4', 'a_5', 'b_2']);
    const long = 'x'.repeat(64);
    const ids = [long, long, `${long.slice(1)}y`, `${long.slice(1)}y`].map(ownId);
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id.length).toBeLessThanOrEqual(64);
  });

  test('are given to any number of calls with one id; to try each number for each would need hours', () => {
    const ownId = createCallIds([]);
    const ids = new Set(Array.from({ length: 100_000 }, () => ownId('call_0')));
    expect(ids.size).toBe(100_000);
  });
});
