import { describe, expect, it } from 'vitest';
import { fillHidden, hasHidden, hideSecrets } from './hide-secrets.ts';

const CONFIG = `# main key: sk-in-a-comment
server:
  api_key: gateway-key-1
admin:
  password: 12345678
network:
  proxy: http://me:proxy-pass@proxy.local:3128
providers:
  - id: openai
    apiKey: "sk-\\u0031guide"
    keys:
      - { id: main, value: sk-flow }
      - id: other
        value: \${OPENAI_API_KEY}
      - id: default
        value: \${OTHER_KEY:-sk-default}
    headers:
      x-team: blue
      x-team-token: tok-header
clients:
  - id: laptop
    key: client-key
monitoring:
  webhook: { token: hook-token }
`;

describe('hidden secrets of a configuration', () => {
  it('leave no value behind that is written out, and every other setting as it is', () => {
    const hidden = hideSecrets(CONFIG, ['sk-in-a-comment']) ?? '';
    for (const secret of [
      'sk-in-a-comment',
      'gateway-key-1',
      '12345678',
      'proxy-pass',
      'guide',
      'sk-flow',
      'sk-default',
      'tok-header',
      'client-key',
      'hook-token',
    ]) {
      expect(hidden).not.toContain(secret);
    }
    expect(hidden).toContain('${OPENAI_API_KEY}');
    expect(hidden).toContain('x-team: blue');
    expect(hidden).toContain('id: laptop');
    expect(hasHidden(hidden)).toBe(true);
  });

  it('become something that nobody knows', () => {
    const hidden = hideSecrets(CONFIG, []) ?? '';
    const first = fillHidden(hidden);
    expect(first).not.toBe(fillHidden(hidden));
    const keys = [...first.matchAll(/not-in-this-backup-([\w-]{24})/g)].map(([, random]) => random);
    expect(keys).toHaveLength(10);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('of a text without any change nothing in it, and none are found in what is no YAML', () => {
    const text = 'server: { port: 8001 } # as before\n';
    expect(hideSecrets(text, [])).toBe(text);
    expect(hideSecrets('server: [', [])).toBeNull();
  });
});
