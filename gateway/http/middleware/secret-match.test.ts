import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSecretMatch } from './secret-match.ts';

describe('comparing secrets', () => {
  const match = createSecretMatch(randomBytes(32));
  const clients = [
    { id: 'default', key: 'key-one' },
    { id: 'laptop', key: 'schlüssel-🔑' },
  ];

  it.each([
    [['key-one'], 'default'],
    [['schlüssel-🔑'], 'laptop'],
    [['wrong', 'key-one'], 'default'],
    [['key-on'], undefined],
    [['key-one '], undefined],
    [["' OR 1=1--"], undefined],
    [['x'.repeat(1_000_000)], undefined],
    [[''], undefined],
    [[], undefined],
  ])('%# finds the owner of a key', (presented, expected) => {
    expect(match.findClient(clients, presented)?.id).toBe(expected);
  });

  it('follows a changed list of clients', () => {
    expect(match.findClient([{ id: 'new', key: 'key-one' }], ['key-one'])?.id).toBe('new');
    expect(match.findClient([], ['key-one'])).toBeNull();
  });

  it('compares texts of unequal length without throwing', () => {
    expect(match.equal('a', 'a')).toBe(true);
    expect(match.equal('a', 'aa')).toBe(false);
  });
});
