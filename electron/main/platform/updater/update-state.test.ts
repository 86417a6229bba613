import { describe, expect, it } from 'vitest';
import type { Told } from '../../../../contract/rpc/connect-sayings.ts';
import type { Update, UpdateState } from '../../../../contract/rpc/updates.ts';
import { nextState, type UpdateEvent } from './update-state.ts';

const update: Update = { version: '2.0.0', date: null, notes: '', page: 'https://a.example/' };
const newer: Update = { ...update, version: '3.0.0' };
const dead: Told = { code: 'update-large', values: {}, text: 'Too large.' };
const odd: Told = { code: 'as-said', values: { message: 'x' }, text: 'x' };
const STATES = {
  idle: { kind: 'idle' },
  checking: { kind: 'checking' },
  current: { kind: 'current' },
  available: { kind: 'available', update },
  downloading: { kind: 'downloading', update, share: 0.5 },
  ready: { kind: 'ready', update, onQuit: false },
  unchecked: { kind: 'failed', reason: dead, update: null },
  broken: { kind: 'failed', reason: dead, update },
} satisfies Record<string, UpdateState>;
type Name = keyof typeof STATES;
const CHECKING: UpdateState = { kind: 'checking' };
const FETCHING: UpdateState = { kind: 'downloading', update, share: 0 };

/** What each event makes of which state; every state that is not named stays as it is. */
const CASES: readonly (readonly [UpdateEvent, Partial<Record<Name, UpdateState>>])[] = [
  [
    { kind: 'check' },
    { idle: CHECKING, current: CHECKING, available: CHECKING, unchecked: CHECKING, broken: CHECKING },
  ],
  [{ kind: 'current' }, { checking: { kind: 'current' } }],
  [{ kind: 'found', update: newer }, { checking: { kind: 'available', update: newer } }],
  [{ kind: 'download' }, { available: FETCHING, broken: FETCHING }],
  [{ kind: 'progress', share: 0.7 }, { downloading: { kind: 'downloading', update, share: 0.7 } }],
  [{ kind: 'progress', share: 0.2 }, { downloading: { kind: 'downloading', update, share: 0.5 } }],
  [{ kind: 'progress', share: 7 }, { downloading: { kind: 'downloading', update, share: 1 } }],
  [{ kind: 'downloaded' }, { downloading: { kind: 'ready', update, onQuit: false } }],
  [{ kind: 'cancelled' }, { checking: { kind: 'idle' }, downloading: { kind: 'available', update } }],
  [
    { kind: 'failed', reason: odd },
    {
      checking: { kind: 'failed', reason: odd, update: null },
      downloading: { kind: 'failed', reason: odd, update },
    },
  ],
  [{ kind: 'on-quit', wanted: true }, { ready: { kind: 'ready', update, onQuit: true } }],
];

describe.each(CASES)('%o', (event, changed) => {
  it.each(Object.entries(STATES))('on %s', (name, state) => {
    const expected = Object.entries(changed).find(([changing]) => changing === name)?.[1] ?? state;
    expect(nextState(state, event)).toEqual(expected);
  });
});
