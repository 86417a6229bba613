import { expect, it } from 'vitest';
import { chooseProxy, proxyAuthorization, proxyProblem } from './proxy-choice.ts';

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

it.each([
  ['http://proxy:3128', undefined],
  ['https://user:p%40ss@proxy', undefined],
  ['socks5://secret:secret@proxy', 'only proxies with http:// or https:// can be used'],
  ['secret:secret@proxy:3128', 'only proxies with http:// or https:// can be used'],
  ['http://', "the proxy's address cannot be read"],
  ['http://secret:100%@proxy', 'must be written as %25'],
])('the problem of %s', (address, problem) => {
  if (problem === undefined) expect(proxyProblem(address)).toBeUndefined();
  else expect(proxyProblem(address)?.text).toContain(problem);
  expect(proxyProblem(address)?.text ?? '').not.toContain('secret');
});

it.each([
  ['http://proxy', undefined],
  ['http://user:p%40ss@proxy', 'user:p@ss'],
  ['http://user@proxy', 'user:'],
])('the credential of %s', (address, credential) => {
  const expected =
    credential === undefined ? undefined : `Basic ${Buffer.from(credential).toString('base64')}`;
  expect(proxyAuthorization(new URL(address))).toBe(expected);
});
