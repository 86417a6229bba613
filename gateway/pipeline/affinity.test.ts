import { beforeEach, describe, expect, it } from 'vitest';
import { scanBody } from '../core/scan-body.ts';
import { createAffinity } from '../state/affinity.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { conversationOf } from './affinity.ts';

const HOME = { provider: 'openai', model: 'gpt-5', key: 'k1' };
const system = { role: 'system', content: 'Answer like a pirate. '.repeat(400) };
const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });

let clock = createSteppedClock();
let store = createAffinity();
beforeEach(() => {
  clock = createSteppedClock();
  store = createAffinity();
});

function asked(
  messages: readonly object[],
  { session, moving = false, tools }: { session?: string; moving?: boolean; tools?: readonly object[] } = {},
) {
  const body = Buffer.from(JSON.stringify({ model: 'm', messages, tools }));
  const headers = session === undefined ? {} : { 'x-session-id': session };
  return conversationOf({ headers, client: null }, scanBody(body), store, moving, () => clock.monotonic());
}

const first = [system, user('Where is the treasure?')];
const second = [...first, assistant('Arr, on the island.'), user('Which one?')];
const third = [...second, assistant('The third.'), user('Go on')];

describe('a conversation and its prompt cache', () => {
  it('stays with the key that served it, turn after turn', () => {
    asked(first).served(HOME, false);
    expect(asked(second).preference()).toEqual({ origin: HOME, keyOnly: false });
    asked(second).served({ ...HOME, key: 'k2' }, false);
    expect(asked(third).preference()).toEqual({ origin: { ...HOME, key: 'k2' }, keyOnly: false });
  });

  it('may move to another target where each question decides anew', () => {
    asked(first).served(HOME, false);
    expect(asked(second, { moving: true }).preference()).toEqual({ origin: HOME, keyOnly: true });
  });

  it('is free again when the cache is gone', () => {
    asked(first).served(HOME, false);
    clock.step(299_999);
    expect(asked(second).preference()).not.toBeNull();
    clock.step(1);
    expect(asked(second).preference()).toBeNull();
  });

  it('is told from another that begins with the same instructions', () => {
    asked(first).served(HOME, false);
    const other = [system, user('Where is the rum?'), assistant('Gone.'), user('Why?')];
    expect(asked(other).preference()).toBeNull();
  });

  it('has begun only when the model has answered: equal first questions are spread', () => {
    asked(first).served(HOME, false);
    expect(asked(first).preference()).toBeNull();
  });

  it('is known by its session where the client names it', () => {
    asked(first, { session: 's1' }).served(HOME, false);
    expect(asked(third.slice(2), { session: 's1' }).preference()).toEqual({ origin: HOME, keyOnly: false });
    expect(asked(second, { session: 's2' }).preference()).toBeNull();
  });
});

it('stays where its signatures were made, however long ago and whatever is asked', () => {
  asked(first).served(HOME, true);
  clock.step(3_600_000);
  expect(asked(second, { moving: true }).preference()).toEqual({ origin: HOME, keyOnly: false });
});

const HOUR = 3_600_000;
const tools = [{ name: 'sign', input_schema: { properties: { signature: { type: 'string' } } } }];

it.each<[string, object, (readonly object[])?]>([
  ['a tool has a field of that name', {}, tools],
  ['people speak of it', { content: 'What is "reasoning_details", encrypted_content or "signature": "x"?' }],
  ['the word is all they say', { content: 'item_reference' }],
  ['there is none', { reasoning_details: [], encrypted_content: null, thoughtSignature: '' }],
  [
    'it is an argument of a call',
    { content: [{ type: 'tool_use', id: 'a', name: 'sign', input: { signature: 'Jo' } }] },
  ],
])('is not bound by signatures where %s', (_why, more, given) => {
  asked(first).served(HOME, false);
  const messages = [...second, { ...assistant('Aye'), ...more }, user('Go on')];
  expect(asked(messages, { tools: given, moving: true }).preference()).toEqual({
    origin: HOME,
    keyOnly: true,
  });
  clock.step(HOUR);
  expect(asked(messages, { tools: given }).preference()).toBeNull();
});

it.each([
  [{ reasoning_details: [{ type: 'reasoning.encrypted', data: 'gAAAA' }] }],
  [{ content: [{ type: 'thinking', thinking: 'Hm', signature: 'EqQB' }] }],
  [{ parts: [{ text: 'Aye', thoughtSignature: 'CiQB' }] }],
  [{ extra_content: { google: { thought_signature: 'CiQB' } } }],
  [{ encrypted_content: 'gAAAA' }],
  [{ type: 'item_reference', id: 'rs_1' }],
])('is bound by what it brings back, however long ago: %j', (more) => {
  asked(first).served(HOME, false);
  clock.step(HOUR);
  expect(asked([...second, { ...assistant('Aye'), ...more }, user('Go on')]).preference()).toEqual({
    origin: HOME,
    keyOnly: false,
  });
});
