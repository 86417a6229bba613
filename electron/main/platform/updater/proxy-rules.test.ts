import { expect, it } from 'vitest';
import { proxyRules } from './proxy-rules.ts';

it.each([
  ['system', { mode: 'system' }],
  ['none', { mode: 'direct' }],
  [
    'http://me:secret@proxy.example:3128',
    {
      mode: 'fixed_servers',
      proxyRules: 'http://proxy.example:3128',
      proxyBypassRules: '<local>,.home.example,10.0.0.0/8',
    },
  ],
])('a proxy of %s', (proxy, rules) => {
  expect(proxyRules({ proxy, no_proxy: ['.home.example', '10.0.0.0/8'] })).toEqual(rules);
});
