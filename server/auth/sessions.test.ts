import { describe, expect, it } from 'vitest';
import { createSteppedClock } from '../../gateway/testing/clock.ts';
import { AGE_LIMIT, createSessions, IDLE_LIMIT, type KeptSession } from './sessions.ts';

function setup() {
  const clock = createSteppedClock();
  const none: readonly KeptSession[] = [];
  const state = { credential: 'first', kept: none, writes: 0 };
  const start = () =>
    createSessions({
      clock,
      credential: () => state.credential,
      keep(sessions) {
        state.kept = sessions;
        state.writes += 1;
      },
    });
  /** A gateway that starts where this one ended. */
  const restart = () => {
    const next = start();
    next.restore(state.kept);
    return next;
  };
  return { clock, state, sessions: start(), restart };
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

it('lasts no longer where the clock was wrong when it began', () => {
  const { clock, state, sessions, restart } = setup();
  const tenYears = 10 * 365 * 24 * 60 * 60_000;
  clock.setWall(clock.wall() + tenYears);
  const cookie = sessions.open();
  clock.setWall(clock.wall() - tenYears);
  const id = sessions.find(cookie)?.id ?? '';
  expect(sessions.lasts(id)).toBe(true);
  const next = restart();
  for (const one of [sessions, next]) expect(one.find(cookie)).not.toBeNull();
  clock.step(IDLE_LIMIT + 1);
  for (const one of [sessions, next, restart()]) expect(one.find(cookie)).toBeNull();
  expect(state.kept).toEqual([]);
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

describe('over a restart', () => {
  it('goes on with the same identity and CSRF token', () => {
    const { sessions, restart } = setup();
    const cookie = sessions.open();
    const before = sessions.find(cookie);
    const next = restart();
    expect(next.find(cookie)).toEqual(before);
    expect(next.lasts(before?.id ?? '')).toBe(true);
    // And over one more.
    const third = restart();
    expect(third.find(cookie)).toEqual(before);
  });

  it('keeps neither the cookie nor what was proved', () => {
    const { state, sessions } = setup();
    state.credential = 'password hunter2 and more';
    const cookie = sessions.open();
    const csrf = sessions.find(cookie)?.csrf ?? '-';
    const text = JSON.stringify(state.kept);
    for (const secret of [cookie, csrf, 'hunter2']) expect(text).not.toContain(secret);
  });

  it('is none for the hash that stands in the file', () => {
    const { state, sessions, restart } = setup();
    sessions.open();
    const [kept] = state.kept;
    const next = restart();
    for (const text of [kept?.id ?? '', kept?.proof ?? '']) expect(next.find(text)).toBeNull();
    expect(next.lasts(kept?.id ?? '')).toBe(false);
  });

  it('is over after a log-out, with another password and after its time', () => {
    const { clock, state, sessions, restart } = setup();
    const [left, changed, idle] = [sessions.open(), sessions.open(), sessions.open()];
    sessions.end(sessions.find(left)?.id ?? '');
    expect(restart().find(left)).toBeNull();
    state.credential = 'second';
    expect(restart().find(changed)).toBeNull();
    state.credential = 'first';
    // The refusal itself took it out of the file.
    expect(restart().find(changed)).toBeNull();
    clock.step(IDLE_LIMIT + 1);
    expect(restart().find(idle)).toBeNull();
  });

  it('lasts thirty days at most, however much it is used', () => {
    const { clock, sessions, restart } = setup();
    const cookie = sessions.open();
    for (let day = 0; day < AGE_LIMIT; day += IDLE_LIMIT) {
      expect(sessions.find(cookie)).not.toBeNull();
      clock.step(IDLE_LIMIT);
    }
    expect(restart().find(cookie)).not.toBeNull();
    clock.step(1);
    expect([sessions.find(cookie), restart().find(cookie)]).toEqual([null, null]);
  });

  it('is written down anew only now and then while it is used', () => {
    const { clock, state, sessions } = setup();
    const cookie = sessions.open();
    const { writes } = state;
    for (let minute = 0; minute < 30; minute += 1) {
      clock.step(60_000);
      sessions.find(cookie);
    }
    expect(state.writes - writes).toBe(3);
    expect(clock.wall() - (state.kept[0]?.lastUsed ?? 0)).toBeLessThan(10 * 60_000);
  });
});
