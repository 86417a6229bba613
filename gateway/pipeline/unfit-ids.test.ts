import { expect, it } from 'vitest';
import { holdsUnfitId } from './unfit-ids.ts';

const RULE = { pattern: /^[a-z_]+$/, longest: 8 };
const holds = (json: string): boolean => holdsUnfitId(Buffer.from(json), 'call_id', RULE);

it.each([
  '{"call_id":"a:0"}',
  '{"a":[{"call_id":"a"},{"call_id" : "a:0"}]}',
  '{"call_id":"abcdefghi"}',
  '{"call_id":""}',
  String.raw`{"call_id":"\u0061"}`,
])('%s holds one', (json) => expect(holds(json)).toBe(true));

it.each([
  '{}',
  '{"call_id":"a_b"}',
  '{"call_id":null}',
  '{"id":"a:0"}',
  '{"a":"call_id"}',
  JSON.stringify({ text: '{"call_id":"a:0"}' }),
])('%s holds none', (json) => expect(holds(json)).toBe(false));
