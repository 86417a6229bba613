import { describe, expect, it } from 'vitest';
import { addressIn, isOurs, placeText, toolState, type Standing } from './state.ts';

const ADDRESS = 'http://127.0.0.1:8000';
const FILE = { name: 'f', format: 'json' as const, places: [] };
const AT_REST: Standing = {
  definition: { files: [FILE], unreachable: null },
  found: true,
  problem: null,
  reading: { address: null, key: null, models: {} },
  kept: [],
  drift: [],
};
const leading = (address: string): Partial<Standing> => ({ reading: { address, key: null, models: {} } });

describe('toolState', () => {
  it.each<[string, Partial<Standing>, string]>([
    ['nothing there', { found: false }, 'not-found'],
    ['its own default', {}, 'not-connected'],
    ['here', leading('http://localhost:8000/v1'), 'connected'],
    ['another port', leading('http://localhost:8001'), 'elsewhere'],
    ['changed since', { ...leading(ADDRESS), kept: ['a'], drift: ['b'] }, 'changed'],
    ['set up anew by somebody', { ...leading('https://x.example'), drift: ['a', 'b'] }, 'elsewhere'],
    ['broken', { problem: 'line 3', ...leading(ADDRESS) }, 'broken'],
    ['no file', { definition: { files: [], unreachable: null } }, 'by-hand'],
    ['out of reach', { definition: { files: [FILE], unreachable: 'cursor-away' } }, 'unreachable'],
  ])('%s', (_, standing, state) => {
    expect(toolState({ ...AT_REST, ...standing }, ADDRESS)).toBe(state);
  });
});

describe('isOurs', () => {
  it.each([
    ['http://localhost:8000', true],
    ['http://127.0.0.1:8000/v1', true],
    ['http://127.0.0.2:8000', true],
    ['http://[::1]:8000/', true],
    ['http://LOCALHOST:8000', true],
    ['http://localhost', false],
    ['http://localhost.example:8000', false],
    ['http://192.168.1.5:8000', false],
    ['localhost:8000', false],
    ['', false],
  ])('%s: %s', (candidate, ours) => {
    expect(isOurs(candidate, ADDRESS)).toBe(ours);
  });

  it('the address that is bound is ours whatever it is', () => {
    expect(isOurs('http://192.168.1.5:8000/v1', 'http://192.168.1.5:8000')).toBe(true);
  });
});

it('only addresses are shown of a variable, without what may be a secret in them', () => {
  expect(addressIn('https://me:secret@proxy.example/v1?key=abc')).toBe('https://proxy.example/v1');
  expect(addressIn('http://localhost:4000/')).toBe('http://localhost:4000');
  expect(addressIn('sk-ant-1234567890')).toBeNull();
});

it('places read like paths', () => {
  expect(placeText(['models', { key: 'name', is: 'Switchyard' }, 'apiBase'])).toBe(
    'models[Switchyard].apiBase',
  );
});
