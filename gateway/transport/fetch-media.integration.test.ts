import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaFetch } from '../core/media-fetch.ts';
import type { Upstream, UpstreamRequest } from '../core/upstream.ts';
import { systemClock } from '../system-clock.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import type { Resolve } from './address-guard.ts';
import { createMediaFetch } from './fetch-media.ts';
import { createUpstream } from './upstream.ts';

const MOST = 1_048_576;
let fake: FakeUpstream;
let upstream: Upstream;
let sent: UpstreamRequest[];
beforeEach(async () => {
  fake = await startFakeUpstream();
  sent = [];
});
afterEach(async () => {
  await upstream.close();
  await fake.close();
});

const toNames =
  (addresses: Readonly<Record<string, string>>): Resolve =>
  (name) => {
    const address = addresses[name];
    if (address === undefined) return Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    return Promise.resolve([{ address, family: address.includes(':') ? 6 : 4 }]);
  };

/** As it is used, names that resolve as given. */
function guarded(addresses: Readonly<Record<string, string>>, proxy = 'none'): MediaFetch {
  const resolve = toNames(addresses);
  upstream = createUpstream({ clock: systemClock, environment: {}, resolve });
  const network = (): { proxy: string; noProxy: readonly string[] } => ({ proxy, noProxy: [] });
  return createMediaFetch({ upstream, clock: systemClock, version: '1', environment: {}, network, resolve });
}

/** Every public name leads to the fake server: only for what comes after the check of addresses. */
function unguarded(clock = systemClock): MediaFetch {
  const resolve: Resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
  upstream = createUpstream({ clock, environment: {}, resolve });
  const open: Upstream = {
    send(request, listener) {
      sent.push(request);
      return upstream.send({ ...request, allowPrivateNetwork: true }, listener);
    },
    renew: () => upstream.renew(),
    close: () => upstream.close(),
  };
  const network = (): { proxy: string; noProxy: readonly string[] } => ({ proxy: 'none', noProxy: [] });
  return createMediaFetch({ upstream: open, clock, version: '1', environment: {}, network });
}
const at = (path: string): string => `http://files.example:${fake.port}${path}`;

describe('addresses that are never fetched from', () => {
  it.each([
    ['loopback', 'http://127.0.0.1/x'],
    ['loopback, decimal', 'http://2130706433/x'],
    ['loopback, hexadecimal', 'http://0x7f000001/x'],
    ['loopback, octal', 'http://0177.0.0.1/x'],
    ['loopback, short', 'http://127.1/x'],
    ['loopback, full-width digits', 'http://１２７.0.0.1/x'],
    ['loopback of IPv6', 'http://[::1]/x'],
    ['loopback, mapped into IPv6', 'http://[::ffff:127.0.0.1]/x'],
    ['loopback, mapped, hexadecimal', 'http://[::ffff:7f00:1]/x'],
    ['loopback by 6to4', 'http://[2002:7f00:1::]/x'],
    ['loopback by NAT64', 'http://[64:ff9b::7f00:1]/x'],
    ['unspecified', 'http://0.0.0.0/x'],
    ['unspecified of IPv6', 'http://[::]/x'],
    ['private', 'http://10.0.0.1/x'],
    ['private', 'https://192.168.1.1/x'],
    ['carrier-grade', 'http://100.64.0.1/x'],
    ['metadata', 'http://169.254.169.254/latest/meta-data'],
    ['metadata of IPv6', 'http://[fd00:ec2::254]/x'],
    ['link-local of IPv6', 'http://[fe80::1]/x'],
    ['unique local', 'http://[fd12::1]/x'],
    ['multicast', 'http://224.0.0.1/x'],
    ['localhost', 'http://localhost/x'],
    ['localhost with a dot', 'http://localhost./x'],
    ['below localhost', 'http://a.localhost/x'],
    ['a bare name', 'http://intranet/x'],
    ['a local name', 'http://printer.local/x'],
    ['metadata by name', 'http://metadata.google.internal/x'],
    ['a name that leads to loopback', 'http://loop.example/x'],
    ['a name that leads to a private address', 'http://private.example/x'],
    ['a name that leads to metadata', 'http://metadata.example/x'],
    ['a name that leads into mapped loopback', 'http://mapped.example/x'],
  ])('%s: %s', async (_case, url) => {
    const fetch = guarded({
      'loop.example': '127.0.0.1',
      'private.example': '10.1.2.3',
      'metadata.example': '169.254.169.254',
      'mapped.example': '::ffff:127.0.0.1',
      localhost: '127.0.0.1',
    });
    await expect(fetch(url, MOST)).rejects.toMatchObject({
      code: 'media_refused',
      message: expect.stringContaining('no public address'),
    });
  });

  it('are not reached through a proxy either', async () => {
    const fetch = guarded({ 'private.example': '10.1.2.3', 'proxy.example': '127.0.0.1' }, fake.url);
    for (const url of ['http://private.example/x', 'http://127.0.0.1/x', 'http://intranet/x']) {
      await expect(fetch(url, MOST)).rejects.toMatchObject({ message: expect.stringContaining('no public') });
    }
    expect(fake.requests).toEqual([]);
  });

  it.each([
    ['file:///etc/passwd', /not with file:/],
    ['ftp://a.example/x', /not with ftp:/],
    ['gs://bucket/x', /not with gs:/],
    ['nonsense', /cannot be read/],
    ['https://user:pass@a.example/x', /user name or password/],
  ])('%s', async (url, says) => {
    const asked = guarded({})(url, MOST);
    await expect(asked).rejects.toMatchObject({
      code: 'media_refused',
      message: expect.stringMatching(says),
    });
    await expect(asked).rejects.not.toMatchObject({ message: expect.stringContaining('pass@') });
  });

  it('by way of a redirect', async () => {
    const fetch = unguarded();
    const leads = [
      'http://169.254.169.254/latest',
      'http://[::ffff:a9fe:a9fe]/',
      'http://2130706433/',
      'http://localhost/',
      'file:///etc/passwd',
      '//10.0.0.1/',
      'http://user:pass@b.example/',
    ];
    for (const to of leads) {
      fake.script((asked) => asked.respond(302, { location: to }, ''));
      await expect(fetch(at('/x'), MOST)).rejects.toMatchObject({ code: 'media_refused' });
    }
    expect(sent).toHaveLength(leads.length);
  });
});

describe('fetching', () => {
  it('gives bytes and type; asks with nothing but what it takes', async () => {
    const fetch = unguarded();
    fake.script((asked) => asked.respond(200, { 'content-type': 'Image/PNG; a=b' }, Buffer.from([1, 2, 3])));
    const { mediaType, bytes } = await fetch(at('/x?y=z'), MOST);
    expect(mediaType).toBe('image/png');
    expect([...bytes]).toEqual([1, 2, 3]);
    const [asked] = fake.requests;
    expect(asked).toMatchObject({ method: 'GET', path: '/x?y=z' });
    expect(Object.keys(asked?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(sent.every(({ allowPrivateNetwork }) => !allowPrivateNetwork)).toBe(true);
  });

  it('follows three redirects and not four', async () => {
    const fetch = unguarded();
    let left = 3;
    fake.script((asked) => {
      left -= 1;
      if (left >= 0) asked.respond(307, { location: `/hop-${left}` }, 'moved');
      else asked.respond(200, { 'content-type': 'image/png' }, 'png');
    });
    expect(Buffer.from((await fetch(at('/x'), MOST)).bytes).toString()).toBe('png');
    left = 4;
    await expect(fetch(at('/x'), MOST)).rejects.toMatchObject({
      message: expect.stringContaining('more than 3'),
    });
  });

  it.each([
    ['a status', 404, {}, '', /status 404/],
    ['a redirect that leads nowhere', 302, {}, '', /status 302/],
    ['a compressed file', 200, { 'content-encoding': 'gzip' }, 'x', /compressed/],
    ['a length that is too much', 200, { 'content-type': 'image/png' }, 'x'.repeat(2_000), /more than/],
  ])('refuses %s', async (_case, status, headers, body, says) => {
    const fetch = unguarded();
    fake.script((asked) => asked.respond(status, headers, body));
    await expect(fetch(at('/x?token=secret'), 1_000)).rejects.toMatchObject({
      code: 'media_refused',
      message: expect.stringMatching(says),
    });
  });

  it('ends a file that goes on for ever', async () => {
    const fetch = unguarded();
    fake.script((asked) => {
      asked.head(200, { 'content-type': 'image/png' });
      const more = setInterval(() => asked.write('x'.repeat(50_000)), 1);
      void asked.closed.then(() => clearInterval(more));
    });
    await expect(fetch(at('/x'), MOST)).rejects.toMatchObject({ message: expect.stringContaining('1 MB') });
    await expect.poll(() => fake.openSockets).toBe(0);
  });

  it('ends a server that says nothing', async () => {
    const clock = createSteppedClock();
    const fetch = unguarded(clock);
    fake.script((asked) => asked.hang());
    const asked = fetch(at('/x'), MOST);
    await fake.nextRequest();
    clock.step(15_000);
    await expect(asked).rejects.toMatchObject({ message: expect.stringContaining('within 15 s') });
  });

  it('tells of a broken call', async () => {
    const fetch = unguarded();
    fake.script((asked) => asked.reset());
    await expect(fetch(at('/x'), MOST)).rejects.toMatchObject({
      code: 'media_refused',
      message: expect.stringContaining(`files.example:${fake.port}`),
    });
  });
});
