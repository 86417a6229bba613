/** A part that others refer to by its YAML anchor is not changed behind their backs. */
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { RpcError } from '../../contract/rpc/errors.ts';
import { applyEdits, entryText, type ConfigEdit } from './edit.ts';

const SHARED = `providers:
  - id: first
    base_url: &address http://one/v1 # both
    models: &models [m]
  - id: second
    base_url: *address
    models: *models
  - id: third
    base_url: http://three/v1
`;
const at = (id: string, member?: string) => ['providers', { id }, ...(member === undefined ? [] : [member])];
const told = (edit: ConfigEdit): unknown => {
  try {
    return applyEdits(SHARED, [edit]);
  } catch (error) {
    return error instanceof RpcError ? error.told?.code : error;
  }
};

it.each<readonly [string, ConfigEdit]>([
  ['a value', { op: 'set', path: at('first', 'base_url'), value: 'http://other/v1' }],
  ['a list', { op: 'set', path: at('first', 'models'), value: ['m', 'n'] }],
  ['a member of an entry that is taken out', { op: 'delete', path: at('first', 'base_url') }],
  ['an entry that is taken out', { op: 'delete', path: at('first') }],
  ['an entry that comes behind', { op: 'order', path: ['providers'], ids: ['second', 'first', 'third'] }],
  ['entries that are arranged', { op: 'arrange', path: ['providers'], entries: [{ was: 1, changes: {} }] }],
  [
    'an entry put back',
    { op: 'restore', path: ['providers'], entry: { id: 'x', text: 'id: x\nbase_url: *gone', at: 0 } },
  ],
])('what other parts refer to is not changed: %s', (_, edit) => {
  expect(told(edit)).toBe('anchor-by-hand');
});

it("anchors are in nobody's way elsewhere", () => {
  const value = 'http://other/v1';
  expect(told({ op: 'set', path: at('third', 'base_url'), value })).toBe(
    SHARED.replace('http://three/v1', value),
  );
  expect(told({ op: 'set', path: at('first', 'base_url'), value: 'http://one/v1' })).toBe(SHARED);
  expect(told({ op: 'order', path: ['providers'], ids: ['third', 'first', 'second'] })).toContain('*address');
  const copy: ConfigEdit = { op: 'copy', path: at('first'), id: 'made', changes: { base_url: value } };
  expect(parse(applyEdits(SHARED, [copy]))).toMatchObject({
    providers: [{}, { id: 'made', base_url: value, models: ['m'] }, { base_url: 'http://one/v1' }, {}],
  });
});

it('an entry that refers to one can be taken out, and put back as it was', () => {
  const taken = entryText(SHARED, at('second'));
  const without = applyEdits(SHARED, [{ op: 'delete', path: at('second') }]);
  expect(without).not.toContain('*address');
  if (taken === undefined) throw new Error('there is one');
  expect(applyEdits(without, [{ op: 'restore', path: ['providers'], entry: taken }])).toBe(SHARED);
});
