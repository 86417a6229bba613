import { expect, it } from 'vitest';
import { createWays, type WayRequest } from './ways.ts';

const request: WayRequest = {
  url: 'https://api.example.com/v1/chat?a=1',
  proxy: 'none',
  noProxy: [],
  allowPrivateNetwork: false,
  connectTimeout: 10_000,
};

it('tells path and route of an address', () => {
  expect(createWays({})(request)).toEqual({
    path: '/v1/chat?a=1',
    route: {
      origin: 'https://api.example.com',
      proxy: undefined,
      allowPrivate: false,
      connectTimeout: 10_000,
    },
  });
});

it.each<[string, Partial<WayRequest>]>([
  ['the proxy', { proxy: 'http://proxy:3128' }],
  ['private networks', { allowPrivateNetwork: true }],
  ['time to connect', { connectTimeout: 5 }],
])('follows a change of %s', (_case, change) => {
  const ways = createWays({});
  const before = ways(request);
  const after = ways({ ...request, ...change });
  expect(after).toEqual(createWays({})({ ...request, ...change }));
  expect(after.route).not.toEqual(before.route);
  expect(ways(request)).toEqual(before);
});

it('follows a change of the hosts that need no proxy', () => {
  const ways = createWays({ HTTPS_PROXY: 'http://proxy:3128' });
  expect(ways({ ...request, proxy: 'system' }).route.proxy?.href).toBe('http://proxy:3128/');
  expect(ways({ ...request, proxy: 'system', noProxy: ['api.example.com'] }).route.proxy).toBeUndefined();
});

it('refuses the same address each time it is asked', () => {
  const ways = createWays({});
  for (let time = 0; time < 2; time += 1)
    expect(() => ways({ ...request, url: 'ftp://a/' })).toThrow('http://');
});
