import { expect, it } from 'vitest';
import { holdsMember } from './holds-member.ts';

const holds = (json: string): boolean => holdsMember(Buffer.from(json), 'proof');

it.each(['{"proof":"a"}', '[{"a":1},{"proof" :\n "a"}]', '{"proof":[1]}', '{"proof":"","x":{"proof":"a"}}'])(
  'finds it in %s',
  (json) => expect(holds(json)).toBe(true),
);

it.each([
  '{"proof":""}',
  '{"proof":null}',
  '{"proof":[ ]}',
  '{"proof":{"type":"string"}}',
  '["proof","proof"]',
  '{"content":"proof"}',
  JSON.stringify({ content: '{"proof":"a"}' }),
  '{"proofs":"a","waterproof":"a"}',
])('finds none in %s', (json) => expect(holds(json)).toBe(false));
