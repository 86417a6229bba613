import { expect, it } from 'vitest';
import { chooseProxy, proxyName } from './proxy-choice.ts';

const P = 'http://proxy:3128';

it.each([
  ['https://api.openai.com/v1', 'none', [], { HTTPS_PROXY: P }, undefined],
  ['https://api.openai.com/v1', 'system', [], {}, undefined],
  ['https://api.openai.com/v1', 'system', [], { HTTPS_PROXY: P }, P],
  ['https://api.openai.com/v1', 'system', [], { https_proxy: P, HTTPS_PROXY: 'http://other' }, P],
  ['http://api.example/v1', 'system', [], { HTTPS_PROXY: P }, undefined],
  ['http://api.example/v1', 'system', [], { HTTP_PROXY: 'proxy:3128' }, P],
  ['http://api.example/v1', 'system', [], { ALL_PROXY: P }, P],
  [
    'https://api.openai.com/v1',
    'system',
    [],
    { HTTPS_PROXY: P, NO_PROXY: 'localhost,.openai.com' },
    undefined,
  ],
  ['https://api.openai.com/v1', 'system', [], { HTTPS_PROXY: P, NO_PROXY: 'openai.com' }, undefined],
  ['https://api.notopenai.com/v1', 'system', [], { HTTPS_PROXY: P, NO_PROXY: 'openai.com' }, P],
  ['https://api.openai.com/v1', 'system', [], { HTTPS_PROXY: P, NO_PROXY: '*' }, undefined],
  ['http://[::1]:8080/v1', P, ['::1'], {}, undefined],
  ['http://host:8080/v1', P, ['host:8080'], {}, undefined],
  ['http://host:8081/v1', P, ['host:8080'], {}, P],
  ['http://host/v1', P, [], { NO_PROXY: 'host' }, P],
])('%s with proxy %s', (url, proxy, noProxy, environment, expected) => {
  expect(chooseProxy(new URL(url), proxy, noProxy, environment)).toBe(expected);
});

it('names a proxy without its password', () => {
  expect(proxyName('http://user:secret@proxy:3128')).toBe('proxy:3128');
  expect(proxyName('nonsense')).toBe('the proxy');
});
