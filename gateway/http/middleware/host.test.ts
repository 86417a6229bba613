import { describe, expect, it } from 'vitest';
import type { HttpSettings } from '../settings.ts';
import { isListedOrigin, isOwnOrigin, judgeHost } from './host.ts';

const LOOPBACK: HttpSettings = {
  loopback: true,
  port: 8000,
  allowedHosts: [],
  allowedOrigins: [],
  allowedIps: [],
  allowUnauthenticated: false,
  clients: [],
};
const OPEN: HttpSettings = { ...LOOPBACK, loopback: false };
const LISTED = ['ai.example.com', 'nas:9000', 'fd00::7'];

const verdict = (hosts: readonly string[], settings: HttpSettings, target = '/v1/models'): string => {
  const judged = judgeHost(hosts, target, settings);
  if (!judged.ok) return 'refused';
  return judged.proven ? 'proven' : 'unproven';
};

describe('Host on a loopback address', () => {
  it.each([
    ['127.0.0.1:8000', 'proven'],
    ['localhost:8000', 'proven'],
    ['LOCALHOST:8000', 'proven'],
    ['[::1]:8000', 'proven'],
    ['127.0.0.1', 'refused'],
    ['127.0.0.1:8001', 'refused'],
    ['localhost.:8000', 'refused'],
    ['localhost:08000', 'refused'],
    ['127.0.0.1.evil.com:8000', 'refused'],
    ['evil.com:8000', 'refused'],
    ['x@127.0.0.1:8000', 'refused'],
    ['127.0.0.1:8000@evil.com', 'refused'],
    ['127.0.0.1:8000, evil.com', 'refused'],
    ['127.1:8000', 'refused'],
    ['2130706433:8000', 'refused'],
    ['0.0.0.0:8000', 'refused'],
    ['[::ffff:127.0.0.1]:8000', 'refused'],
    ['::1:8000', 'refused'],
    ['', 'refused'],
    [' ', 'refused'],
  ])('%s is %s', (host, expected) => {
    expect(verdict([host], LOOPBACK)).toBe(expected);
  });

  it('takes names without a port on the default port of http', () => {
    expect(verdict(['localhost'], { ...LOOPBACK, port: 80 })).toBe('proven');
    expect(verdict(['localhost:80'], { ...LOOPBACK, port: 80 })).toBe('proven');
  });

  it('wants exactly one', () => {
    expect(verdict([], LOOPBACK)).toBe('refused');
    expect(verdict(['127.0.0.1:8000', 'evil.com'], LOOPBACK)).toBe('refused');
    expect(verdict(['127.0.0.1:8000', '127.0.0.1:8000'], LOOPBACK)).toBe('refused');
  });
});

describe('Host with configured names', () => {
  it.each([
    ['ai.example.com', 'proven'],
    ['AI.example.com:443', 'proven'],
    ['nas:9000', 'proven'],
    ['nas', 'refused'],
    ['nas:9001', 'refused'],
    ['[fd00::7]:8000', 'proven'],
    ['other.example.com', 'refused'],
    ['ai.example.com.evil.com', 'refused'],
    ['127.0.0.1:8000', 'refused'],
  ])('beyond loopback %s is %s', (host, expected) => {
    expect(verdict([host], { ...OPEN, allowedHosts: LISTED })).toBe(expected);
  });

  it('adds to the own names on loopback', () => {
    const settings = { ...LOOPBACK, allowedHosts: LISTED };
    expect(verdict(['ai.example.com'], settings)).toBe('proven');
    expect(verdict(['127.0.0.1:8000'], settings)).toBe('proven');
    expect(verdict(['evil.com'], settings)).toBe('refused');
  });
});

describe('Host beyond loopback without configured names', () => {
  it.each([
    ['192.168.1.7:8000', 'proven'],
    ['[fd00::7]:8000', 'proven'],
    ['localhost:9000', 'proven'],
    ['nas.local:8000', 'unproven'],
    ['127.1:8000', 'unproven'],
    ['x@nas.local', 'refused'],
    ['nas local', 'refused'],
  ])('%s is %s', (host, expected) => {
    expect(verdict([host], OPEN)).toBe(expected);
  });
});

describe('targets in absolute form', () => {
  const own = '127.0.0.1:8000';
  it.each([
    ['http://127.0.0.1:8000/v1/models', 'proven'],
    ['HTTP://127.0.0.1:8000', 'proven'],
    ['http://evil.com/v1/models', 'refused'],
    ['http://localhost:8000/v1/models', 'refused'],
    ['http://x@127.0.0.1:8000/', 'refused'],
    ['http://127.0.0.1:8000\\@evil.com/', 'refused'],
    ['ftp://127.0.0.1:8000/', 'refused'],
    ['evil.com:443', 'refused'],
    ['*', 'proven'],
    ['//evil.com/v1/models', 'proven'],
  ])('%s is %s', (target, expected) => {
    expect(verdict([own], LOOPBACK, target)).toBe(expected);
  });
});

describe('own origins', () => {
  const ip = { host: '192.168.1.7:8000', proven: true };
  const name = { host: 'nas.local:8000', proven: false };
  it.each([
    ['http://localhost:8000', { host: '127.0.0.1:8000', proven: true }, LOOPBACK, false, true],
    ['http://[::1]:8000', { host: '127.0.0.1:8000', proven: true }, LOOPBACK, false, true],
    ['http://localhost:8001', { host: '127.0.0.1:8000', proven: true }, LOOPBACK, true, false],
    ['https://ai.example.com', { host: 'ai.example.com', proven: true }, LOOPBACK, false, true],
    ['http://192.168.1.7:8000', ip, OPEN, false, true],
    ['http://192.168.1.8:8000', ip, OPEN, true, false],
    ['http://localhost:8000', ip, OPEN, true, false],
    ['http://nas.local:8000', name, OPEN, true, true],
    // What a rebound page looks like where the data plane is open to everybody.
    ['http://nas.local:8000', name, OPEN, false, false],
    ['null', name, OPEN, true, false],
    ['http://nas.local:8000.evil.com', name, OPEN, true, false],
  ])('%s with Host %j', (origin, host, settings, credentialDemanded, expected) => {
    expect(isOwnOrigin(origin, host, settings, credentialDemanded)).toBe(expected);
  });

  it('compares listed ones whole, and never lists null', () => {
    const settings = { ...LOOPBACK, allowedOrigins: ['https://App.example.com/', 'null', '*'] };
    expect(isListedOrigin('https://app.example.com', settings)).toBe(true);
    expect(isListedOrigin('https://app.example.com.evil.com', settings)).toBe(false);
    expect(isListedOrigin('http://app.example.com', settings)).toBe(false);
    expect(isListedOrigin('null', settings)).toBe(false);
  });
});
