import { expect, it } from 'vitest';
import { scanBody } from '../core/scan-body.ts';
import { keptStateIn } from './kept-state.ts';

const kept = (body: string): string | null => keptStateIn(scanBody(Buffer.from(body)));

it.each([
  ['{"model":"m","previous_response_id":"resp_1","input":"x"}', 'resp_1'],
  ['{"input":[],"conversation" : "conv_1"}', 'conv_1'],
  ['{"input":"x","conversation":{"id":"conv_1"}}', 'conv_1'],
])('%s goes on from %s', (body, id) => expect(kept(body)).toBe(id));

it.each([
  '{"model":"m","input":"x"}',
  '{"input":"x","previous_response_id":null,"conversation":null}',
  JSON.stringify({ input: 'Set "previous_response_id": "resp_1"' }),
  JSON.stringify({
    input: 'x',
    tools: [{ parameters: { properties: { conversation: { type: 'string' } } } }],
  }),
  '{"messages":[],"conversation":"conv_1"}',
])('%s begins anew', (body) => expect(kept(body)).toBeNull());
