import { describe, expect, test } from 'vitest';
import { wrapSignature } from '../../core/canonical/signature.ts';
import { withoutReasoning } from './reasoning-items.ts';

const wrapped = wrapSignature({ format: 'anthropic', value: 's', id: null, origin: null });
const own = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAA' };
const foreign = { ...own, id: 'rs_2', encrypted_content: wrapped };
const message = { type: 'message', role: 'assistant', id: 'msg_1', content: [] };
const call = { type: 'function_call', id: 'fc_1', call_id: 'a', name: 'x', arguments: '{}' };
const result = { type: 'function_call_output', id: 'fco_1', call_id: 'a', output: '' };

describe('withoutReasoning', () => {
  test('nothing to remove is the very same request', () => {
    for (const request of [{ input: 'Hi' }, {}, { input: [message, call] }]) {
      expect(withoutReasoning(request, 'all')).toBe(request);
    }
    const request = { input: [own, message] };
    expect(withoutReasoning(request, 'foreign')).toBe(request);
  });

  test('foreign proofs go, and with them the ids of what a model made of those thoughts', () => {
    const { id: _call, ...plainCall } = call;
    expect(_call).toBe('fc_1');
    const input = [own, message, foreign, call, result, call, 'odd'];
    expect(withoutReasoning({ model: 'm', input }, 'foreign')).toEqual({
      model: 'm',
      input: [own, message, plainCall, result, plainCall, 'odd'],
    });
  });

  test('what stands behind own thoughts, or in another turn, keeps its id: OpenAI looks for it', () => {
    const { id: _id, ...plain } = message;
    expect(_id).toBe('msg_1');
    const asked = { role: 'user', content: 'And?', id: 'msg_2' };
    const input = [foreign, message, own, message, foreign, asked, message];
    expect(withoutReasoning({ input }, 'foreign')).toEqual({ input: [plain, own, message, asked, message] });
  });

  test('so do thoughts that nobody signed and OpenAI never kept', () => {
    const kept = { type: 'reasoning', id: 'rs_3', summary: [] };
    const unsigned = { ...kept, id: 'rs_swy_4', summary: [{ type: 'summary_text', text: 'Hm.' }] };
    const input = [kept, { ...own, id: 'rs_swy_5' }];
    expect(
      withoutReasoning({ input: [...input, unsigned, { ...unsigned, encrypted_content: null }] }, 'foreign'),
    ).toEqual({ input });
  });

  test('all of it', () => {
    const { input } = withoutReasoning(
      { input: [own, foreign, { type: 'reasoning', summary: [] }, call] },
      'all',
    );
    expect(input).toMatchObject([{ type: 'function_call' }]);
  });
});
