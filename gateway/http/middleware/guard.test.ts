import { describe, expect, it } from 'vitest';
import type { RouteAccess, Session } from '../route.ts';
import type { HttpSettings } from '../settings.ts';
import { judge, type Lookups } from './guard.ts';
import type { RequestFacts } from './request-facts.ts';

const LOOPBACK: HttpSettings = {
  loopback: true,
  port: 8000,
  allowedHosts: [],
  allowedOrigins: ['https://app.example.com'],
  allowedIps: [],
  allowUnauthenticated: false,
  clients: [],
};
const KEYED: HttpSettings = { ...LOOPBACK, clients: [{ id: 'laptop', key: 'key-1' }] };
const OPEN: HttpSettings = { ...LOOPBACK, loopback: false };
const OPEN_KEYED: HttpSettings = { ...KEYED, loopback: false };
const OPEN_TO_ALL: HttpSettings = { ...OPEN, allowUnauthenticated: true };

const GET: RequestFacts = {
  inner: false,
  method: 'GET',
  target: '/',
  hosts: ['127.0.0.1:8000'],
  peer: '127.0.0.1',
  origin: undefined,
  fetchSite: undefined,
  navigates: false,
  contentType: undefined,
  hasBody: false,
  presentedKeys: [],
  csrf: undefined,
  upgrade: undefined,
  preflightFor: undefined,
};
const POST: RequestFacts = { ...GET, method: 'POST', hasBody: true, contentType: 'application/json' };
const WITH_KEY = { presentedKeys: ['key-1'] };
const SESSION: Session = { id: 's', csrf: 'token' };

const lookupsOf = (settings: HttpSettings, session: Session | null): Lookups => ({
  findClient: (presented) => settings.clients.find(({ key }) => presented.includes(key)) ?? null,
  session: () => session,
  equal: (left, right) => left === right,
  addressAllowed: (peer) => settings.allowedIps.includes(peer),
});

function decide(
  facts: RequestFacts,
  access: RouteAccess,
  settings: HttpSettings,
  session: Session | null = null,
): string {
  const verdict = judge(facts, access, settings, lookupsOf(settings, session));
  return verdict.kind === 'refuse' ? verdict.error.code : verdict.kind;
}

const ACCESSES: readonly RouteAccess[] = ['health', 'data', 'session', 'page'];

describe('clients whose key is optional', () => {
  const optional = { id: 'claude-code', key: 'key-2', optional: true };
  const LABELLED: HttpSettings = { ...LOOPBACK, clients: [optional] };
  const clientOf = (settings: HttpSettings, presentedKeys: readonly string[]): string | null => {
    const verdict = judge({ ...POST, presentedKeys }, 'data', settings, lookupsOf(settings, null));
    return verdict.kind === 'allow' ? (verdict.client?.id ?? null) : verdict.kind;
  };

  it.each([
    ['nobody else has to bring a key', LABELLED, [], null],
    ['a key nobody knows says nothing', LABELLED, ['local'], null],
    ['theirs tells whose request it is', LABELLED, ['key-2'], 'claude-code'],
    [
      'beside one that demands a key: without',
      { ...KEYED, clients: [...KEYED.clients, optional] },
      [],
      'refuse',
    ],
    [
      'beside one that demands a key: with',
      { ...KEYED, clients: [...KEYED.clients, optional] },
      ['key-2'],
      'claude-code',
    ],
    ['beyond this machine: without', { ...LABELLED, loopback: false }, [], 'refuse'],
    ['beyond this machine: with', { ...LABELLED, loopback: false }, ['key-2'], 'claude-code'],
    [
      'open to all: with',
      { ...LABELLED, loopback: false, allowUnauthenticated: true },
      ['key-2'],
      'claude-code',
    ],
    ['open to all: without', { ...LABELLED, loopback: false, allowUnauthenticated: true }, [], null],
  ])('%s', (_, settings, keys, client) => {
    expect(clientOf(settings, keys)).toBe(client);
  });
});

describe("the gateway's own requests", () => {
  const INNER: RequestFacts = { ...POST, inner: true, hosts: ['switchyard'], peer: '' };
  const CLOSED: HttpSettings = { ...OPEN_KEYED, allowedHosts: ['gw.example.com'], allowedIps: ['10.0.0.1'] };

  it.each([
    ['loopback', LOOPBACK],
    ['with client keys', KEYED],
    ['beyond loopback without a key', OPEN],
    ['listed hosts and addresses only', CLOSED],
  ])('pass on the data plane, as nobody (%s)', (_name, settings) => {
    expect(judge(INNER, 'data', settings, lookupsOf(settings, null))).toEqual({
      kind: 'allow',
      client: null,
      session: null,
      readableBy: null,
    });
    // The same request over a port.
    expect(decide({ ...INNER, inner: false }, 'data', settings)).not.toBe('allow');
  });

  it('open no other door, and are judged by what they carry', () => {
    expect(decide(INNER, 'session', LOOPBACK, SESSION)).toBe('host_not_allowed');
    expect(decide(INNER, 'page', LOOPBACK)).toBe('host_not_allowed');
    expect(decide({ ...INNER, contentType: 'text/plain' }, 'data', LOOPBACK)).toBe('unsupported_media_type');
  });
});

describe('address and host', () => {
  it.each(ACCESSES)('a stranger by address or Host reaches only probes (%s)', (access) => {
    const health = access === 'health';
    const listed = { ...LOOPBACK, allowedIps: ['10.0.0.1'] };
    expect(decide(GET, access, listed, SESSION)).toBe(health ? 'allow' : 'address_not_allowed');
    const evil = { ...GET, hosts: ['evil.com:8000'] };
    expect(decide(evil, access, LOOPBACK, SESSION)).toBe(health ? 'allow' : 'host_not_allowed');
  });

  it('looks at the address first and tells it', () => {
    const settings = { ...LOOPBACK, allowedIps: ['10.0.0.1'] };
    const verdict = judge(GET, 'data', settings, lookupsOf(settings, null));
    expect(verdict).toMatchObject({ error: { message: expect.stringContaining('127.0.0.1') } });
  });
});

describe('pages', () => {
  it.each(ACCESSES)('no stranger passes, whatever else is right (%s)', (access) => {
    for (const origin of ['https://evil.com', 'null', 'chrome-extension://abc', 'http://127.0.0.1:9']) {
      const facts = { ...POST, ...WITH_KEY, origin, csrf: 'token' };
      expect(decide(facts, access, KEYED, SESSION)).toBe('origin_not_allowed');
    }
    expect(decide({ ...GET, fetchSite: 'cross-site' }, access, LOOPBACK, SESSION)).toBe('origin_not_allowed');
  });

  it.each(ACCESSES)('our own do (%s)', (access) => {
    const facts = {
      ...POST,
      ...WITH_KEY,
      origin: 'http://localhost:8000',
      csrf: 'token',
      fetchSite: 'same-origin',
    };
    expect(decide(facts, access, KEYED, SESSION)).toBe('allow');
  });

  it.each([
    ['same-origin', 'allow'],
    ['same-site', 'allow'],
    ['none', 'allow'],
    ['CROSS-SITE', 'origin_not_allowed'],
  ])('without an Origin, Sec-Fetch-Site %s means %s', (fetchSite, expected) => {
    expect(decide({ ...GET, fetchSite }, 'data', LOOPBACK)).toBe(expected);
  });

  it('links and redirects of other sites lead to the page, and to nothing else', () => {
    const followed = { ...GET, fetchSite: 'cross-site', navigates: true };
    for (const access of ACCESSES) {
      const expected = access === 'page' ? 'allow' : 'origin_not_allowed';
      expect(decide(followed, access, LOOPBACK, SESSION), access).toBe(expected);
    }
    expect(decide({ ...followed, hosts: ['evil.com'] }, 'page', LOOPBACK)).toBe('host_not_allowed');
  });

  it('a listed origin may read the data plane and probes, nothing else', () => {
    const facts = { ...GET, origin: 'https://app.example.com', fetchSite: 'cross-site' };
    for (const access of ACCESSES) {
      const readable = access === 'data' || access === 'health';
      expect(judge(facts, access, LOOPBACK, lookupsOf(LOOPBACK, SESSION))).toMatchObject({
        kind: 'allow',
        readableBy: readable ? 'https://app.example.com' : null,
      });
    }
  });

  it('a rebound page cannot use a data plane that is open to all', () => {
    const page = { ...POST, hosts: ['evil.com:8000'], origin: 'http://evil.com:8000', csrf: 'token' };
    expect(decide(page, 'data', OPEN_TO_ALL)).toBe('origin_not_allowed');
    // Where something is demanded that the page cannot have, its origin is as good as any other.
    expect(decide(page, 'data', OPEN_KEYED)).toBe('authentication_error');
    expect(decide(page, 'session', OPEN_KEYED)).toBe('unauthenticated');
    const own = { ...POST, hosts: ['10.0.0.5:8000'], origin: 'http://10.0.0.5:8000' };
    expect(decide(own, 'data', OPEN_TO_ALL)).toBe('allow');
  });
});

describe('client keys', () => {
  it.each([
    ['loopback without keys', LOOPBACK, {}, 'allow'],
    ['loopback, any key sent where none is configured', LOOPBACK, { presentedKeys: ['sk-any'] }, 'allow'],
    ['loopback with keys, none sent', KEYED, {}, 'authentication_error'],
    ['loopback with keys, wrong one', KEYED, { presentedKeys: ['key-2'] }, 'authentication_error'],
    ['loopback with keys, right one', KEYED, WITH_KEY, 'allow'],
    ['open, none configured', OPEN, WITH_KEY, 'no_client_key_configured'],
    ['open, none configured, opted out', OPEN_TO_ALL, {}, 'allow'],
    ['open with keys, none sent', OPEN_KEYED, {}, 'authentication_error'],
    ['open with keys, right one', OPEN_KEYED, WITH_KEY, 'allow'],
    // The opt-out is for gateways without keys; it does not make configured keys optional.
    ['opted out but with keys', { ...OPEN_KEYED, allowUnauthenticated: true }, {}, 'authentication_error'],
  ] as const)('data plane: %s', (_case, settings, change, expected) => {
    expect(decide({ ...POST, ...change }, 'data', settings)).toBe(expected);
  });

  it('tells the client it found', () => {
    const verdict = judge({ ...POST, ...WITH_KEY }, 'data', KEYED, lookupsOf(KEYED, null));
    expect(verdict).toMatchObject({ kind: 'allow', client: { id: 'laptop' } });
  });

  it('without any key an open gateway answers probes only, and says what to do', () => {
    for (const access of ACCESSES) {
      const expected = access === 'health' ? 'allow' : 'no_client_key_configured';
      expect(decide(GET, access, OPEN, SESSION)).toBe(expected);
    }
    const verdict = judge(GET, 'page', OPEN, lookupsOf(OPEN, null));
    const message = verdict.kind === 'refuse' ? verdict.error.message : '';
    expect(message).toContain('APP_API_KEY');
    expect(message).toContain('server.allow_unauthenticated: true');
  });
});

describe('sessions', () => {
  it('a client key is never one', () => {
    expect(decide({ ...POST, ...WITH_KEY, csrf: 'token' }, 'session', KEYED)).toBe('unauthenticated');
  });

  it.each([
    ['GET', undefined, 'allow'],
    ['HEAD', undefined, 'allow'],
    ['POST', undefined, 'csrf_token_invalid'],
    ['POST', '', 'csrf_token_invalid'],
    ['POST', 'toke', 'csrf_token_invalid'],
    ['POST', 'token', 'allow'],
    ['DELETE', undefined, 'csrf_token_invalid'],
    ['DELETE', 'token', 'allow'],
    ['PATCH', undefined, 'csrf_token_invalid'],
  ])('%s with token %s: %s', (method, csrf, expected) => {
    expect(decide({ ...GET, method, csrf }, 'session', LOOPBACK, SESSION)).toBe(expected);
  });

  it('are shown to probes, and to nothing else that does not ask', () => {
    const sessionFor = (access: RouteAccess): unknown => {
      const verdict = judge(GET, access, LOOPBACK, lookupsOf(LOOPBACK, SESSION));
      return verdict.kind === 'allow' ? verdict.session : verdict;
    };
    expect(sessionFor('health')).toBe(SESSION);
    expect(sessionFor('session')).toBe(SESSION);
    expect(sessionFor('data')).toBeNull();
    expect(sessionFor('page')).toBeNull();
  });
});

describe('content', () => {
  it.each([
    ['application/json', 'allow'],
    ['Application/JSON; charset=UTF-8', 'allow'],
    ['application/json;charset="utf-8"', 'allow'],
    ['application/json; charset=utf-16', 'unsupported_media_type'],
    ['text/plain', 'unsupported_media_type'],
    ['text/plain; application/json', 'unsupported_media_type'],
    ['application/jsonp', 'unsupported_media_type'],
    ['application/x-www-form-urlencoded', 'unsupported_media_type'],
    ['multipart/form-data; boundary=x', 'unsupported_media_type'],
    ['', 'unsupported_media_type'],
    [undefined, 'unsupported_media_type'],
  ])('a body sent as %s: %s', (contentType, expected) => {
    for (const method of ['POST', 'GET', 'DELETE']) {
      expect(decide({ ...POST, method, contentType, csrf: 'token' }, 'data', LOOPBACK)).toBe(expected);
    }
  });

  it('no body needs no type, but a POST that names a wrong one is refused', () => {
    expect(decide({ ...GET, method: 'POST' }, 'data', LOOPBACK)).toBe('allow');
    const form = { ...GET, method: 'POST', contentType: 'text/plain' };
    expect(decide(form, 'data', LOOPBACK)).toBe('unsupported_media_type');
  });

  it('refuses upgrades, apart from the one that may be ignored', () => {
    expect(decide({ ...GET, upgrade: 'websocket' }, 'data', LOOPBACK)).toBe('invalid_request');
    expect(decide({ ...GET, upgrade: 'h2c' }, 'data', LOOPBACK)).toBe('allow');
  });
});

describe('preflights', () => {
  const ask = { ...GET, method: 'OPTIONS', origin: 'https://app.example.com', preflightFor: 'POST' };

  it('of a listed origin are answered without a key, on the data plane only', () => {
    expect(decide(ask, 'data', KEYED)).toBe('preflight');
    expect(decide(ask, 'session', KEYED)).toBe('unauthenticated');
    expect(decide(ask, 'data', OPEN)).toBe('no_client_key_configured');
  });

  it('of strangers are refused', () => {
    expect(decide({ ...ask, origin: 'https://evil.com' }, 'data', LOOPBACK)).toBe('origin_not_allowed');
  });
});
