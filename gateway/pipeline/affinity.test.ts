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
  { session, moving = false }: { session?: string; moving?: boolean } = {},
) {
  const body = Buffer.from(JSON.stringify({ model: 'm', messages }));
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
