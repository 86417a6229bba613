import { describe, expect, it } from 'vitest';
import { holdsUnsignedCalls, signCalls } from './unsigned-calls.ts';

const PLACEHOLDER = 'skip_thought_signature_validator';
const question = { role: 'user', parts: [{ text: 'q' }] };
const result = { role: 'user', parts: [{ functionResponse: { name: 'f', response: {} } }] };
const call = { functionCall: { name: 'f', args: {} } };
const signed = { ...call, thoughtSignature: 's' };
const model = (...parts: readonly object[]): object => ({ role: 'model', parts });
const turned = (content: object): object => Object.fromEntries(Object.entries(content).toReversed());

const holds = (contents: readonly object[], name = 'gemini-3-pro'): boolean =>
  holdsUnsignedCalls(Buffer.from(JSON.stringify({ contents })), name);

describe('holdsUnsignedCalls', () => {
  it.each([
    [[question, model(call), result]],
    [[question, model(signed), result, model(call), result]],
    [[question, model({ text: 'a', thoughtSignature: 's' }), question, model(call), result]],
    [[question, model({ function_call: { name: 'f' } }), result]],
  ])('finds the step without a signature in %j', (contents) => {
    expect(holds(contents)).toBe(true);
    expect(holds(contents.map(turned))).toBe(true);
  });

  it.each([
    [[question]],
    [[question, model(signed, call), result, model(turned(signed)), result]],
    [[question, model({ function_call: { name: 'f' }, thought_signature: 's' }), result]],
    [[{ role: 'user', parts: [{ text: 'the word "functionCall"' }] }]],
  ])('finds none in %j', (contents) => {
    expect(holds(contents)).toBe(false);
    expect(holds(contents.map(turned))).toBe(false);
  });

  it('looks for none where the model takes it', () => {
    expect(holds([question, model(call), result], 'gemini-2.5-flash')).toBe(false);
  });
});

describe('signCalls', () => {
  it('puts the placeholder on the first call of each step since the question', () => {
    const old = [question, model(call), result];
    const contents = [...old, question, model({ text: 'a' }, call, call), result, model(signed, call)];
    expect(signCalls({ contents, tools: [] }, 'current')).toEqual({
      contents: [
        ...old,
        question,
        model({ text: 'a' }, { ...call, thoughtSignature: PLACEHOLDER }, call),
        result,
        model(signed, call),
      ],
      tools: [],
    });
  });

  it('or of every step', () => {
    const marked = model({ ...call, thoughtSignature: PLACEHOLDER });
    expect(signCalls({ contents: [model(call), result, question, model(call)] }, 'all')).toEqual({
      contents: [marked, result, question, marked],
    });
  });

  it('keeps the spelling of the client', () => {
    const unsigned = { function_call: { name: 'f' }, thought_signature: '' };
    expect(signCalls({ contents: [question, model(unsigned)] }, 'current')).toEqual({
      contents: [question, model({ ...unsigned, thought_signature: PLACEHOLDER })],
    });
  });

  it.each([
    [{ contents: [question, model(signed, call), result, model({ text: 'a' })] }],
    [{ contents: [{ role: 'user', parts: 'q' }, null] }],
    [{ contents: 'q' }],
    [{}],
  ])('leaves %j the very same', (request) => {
    expect(signCalls(request, 'all')).toBe(request);
  });
});
