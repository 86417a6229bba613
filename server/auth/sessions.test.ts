import { expect, it } from 'vitest';
import { createSteppedClock } from '../../gateway/testing/clock.ts';
import { createSessions, IDLE_LIMIT } from './sessions.ts';

function setup() {
  const clock = createSteppedClock();
  const state = { credential: 'first' };
  return { clock, state, sessions: createSessions({ clock, credential: () => state.credential }) };
}

it('finds the session of its cookie and of no other text', () => {
  const { sessions } = setup();
  const cookie = sessions.open();
  expect(Buffer.from(cookie, 'base64url').byteLength).toBe(32);
  expect(sessions.find(cookie)).not.toBeNull();
  for (const wrong of ['', cookie.slice(1), `${cookie}x`, sessions.find(cookie)?.id ?? '']) {
    expect(sessions.find(wrong)).toBeNull();
  }
});

it('never shows the cookie in what it tells of a session', () => {
  const { sessions } = setup();
  const cookie = sessions.open();
  expect(JSON.stringify(sessions.find(cookie))).not.toContain(cookie);
});

it('gives every session an identity and a CSRF token of its own', () => {
  const { sessions } = setup();
  const found = [sessions.find(sessions.open()), sessions.find(sessions.open())];
  expect(new Set(found.flatMap((session) => [session?.id, session?.csrf])).size).toBe(4);
});

it('lasts twelve hours after its last use, which only finding it is', () => {
  const { clock, sessions } = setup();
  const cookie = sessions.open();
  clock.step(IDLE_LIMIT);
  const id = sessions.find(cookie)?.id ?? '';
  clock.step(IDLE_LIMIT);
  expect(sessions.lasts(id)).toBe(true);
  clock.step(1);
  expect(sessions.lasts(id)).toBe(false);
  expect(sessions.find(cookie)).toBeNull();
});

it('ends at log-out, telling those who listen, once', () => {
  const { sessions } = setup();
  const cookie = sessions.open();
  const id = sessions.find(cookie)?.id ?? '';
  const told: string[] = [];
  sessions.onEnd(id, () => told.push('stream'));
  sessions.onEnd(id, () => told.push('cancelled'))();
  sessions.end(id);
  sessions.end(id);
  expect(told).toEqual(['stream']);
  expect(sessions.find(cookie)).toBeNull();
});

it('tells at once when the session is already over', () => {
  const { sessions } = setup();
  let told = 0;
  sessions.onEnd('nobody', () => (told += 1));
  expect(told).toBe(1);
});

it('ends them all when the password changes', () => {
  const { state, sessions } = setup();
  const cookies = [sessions.open(), sessions.open()];
  state.credential = 'second';
  expect(cookies.map((cookie) => sessions.find(cookie))).toEqual([null, null]);
});

it('keeps the hundred used last', () => {
  const { sessions } = setup();
  const first = sessions.open();
  const second = sessions.open();
  for (let count = 2; count < 100; count += 1) sessions.open();
  sessions.find(first);
  sessions.open();
  expect(sessions.find(first)).not.toBeNull();
  expect(sessions.find(second)).toBeNull();
});
