import { describe, expect, it } from 'vitest';
import { createSteppedClock } from '../../gateway/testing/clock.ts';
import { createAttempts } from './attempts.ts';
import { createLogIn, isLoopbackName, networkOf } from './log-in.ts';
import type { LogInOrigin } from './log-in.ts';
import { createPasswordCheck } from './password.ts';

const HERE: LogInOrigin = { address: '127.0.0.1', host: 'localhost', secure: false };

function setup(password: string, insecure = false) {
  const clock = createSteppedClock();
  const settings = { password, insecure };
  const logIn = createLogIn({
    clock,
    settings: () => settings,
    token: {
      location: 'admin-token',
      read: () => Promise.resolve('the-token'),
      matches: (candidate) => Promise.resolve(candidate === 'the-token'),
      digest: () => 'of-the-token',
    },
    passwords: createPasswordCheck({ N: 16, r: 1, p: 1 }),
    attempts: createAttempts(clock),
  });
  return { clock, settings, logIn };
}

describe('without an admin password', () => {
  it('takes the token', async () => {
    const { logIn } = setup('');
    const result = await logIn.logIn({ token: 'the-token' }, HERE);
    expect(result.ok && logIn.sessions.find(result.cookie)).toBeTruthy();
  });

  it.each([{}, { token: '' }, { token: 'the-toke' }, { password: '' }, { password: 'the-token' }])(
    'refuses %j',
    async (credentials) => {
      expect(await setup('').logIn.logIn(credentials, HERE)).toMatchObject({ ok: false, reason: 'wrong' });
    },
  );

  it('does not let strangers lock the owner out by wrong tokens from elsewhere', async () => {
    const { logIn } = setup('');
    const stranger = { ...HERE, address: '10.0.0.9' };
    for (let count = 0; count < 20; count += 1) await logIn.logIn({ token: 'wrong' }, stranger);
    expect(await logIn.logIn({ token: 'the-token' }, stranger)).toMatchObject({ reason: 'wait' });
    expect((await logIn.logIn({ token: 'the-token' }, HERE)).ok).toBe(true);
  });
});

describe('with an admin password', () => {
  it('takes the password and not the token', async () => {
    const { logIn } = setup('correct horse');
    expect((await logIn.logIn({ password: 'correct horse' }, HERE)).ok).toBe(true);
    for (const credentials of [{}, { token: 'the-token' }, { password: '' }, { password: 'the-token' }]) {
      expect(await logIn.logIn(credentials, HERE)).toMatchObject({ ok: false, reason: 'wrong' });
    }
  });

  it('locks after five failures, also against the right password, until the time is over', async () => {
    const { clock, logIn } = setup('correct horse');
    for (let count = 0; count < 5; count += 1) await logIn.logIn({ password: 'wrong' }, HERE);
    expect(await logIn.logIn({ password: 'correct horse' }, HERE)).toMatchObject({
      reason: 'wait',
      wait: 30_000,
      message: 'Too many failed tries to log in. Try again in 30 seconds.',
    });
    clock.step(30_000);
    expect((await logIn.logIn({ password: 'correct horse' }, HERE)).ok).toBe(true);
  });

  it('gives every log-in a session of its own and ends them when the password changes', async () => {
    const { settings, logIn } = setup('correct horse');
    const first = await logIn.logIn({ password: 'correct horse' }, HERE);
    const second = await logIn.logIn({ password: 'correct horse' }, HERE);
    if (!first.ok || !second.ok) throw new Error('log-in failed');
    expect(first.cookie).not.toBe(second.cookie);
    settings.password = 'changed';
    expect(logIn.sessions.find(first.cookie)).toBeNull();
    expect(logIn.sessions.find(second.cookie)).toBeNull();
  });
});

describe('over plain HTTP', () => {
  const elsewhere = { ...HERE, host: 'gateway.example', address: '10.0.0.9' };

  it('is refused on a name the network can listen to, before the password is looked at', async () => {
    const result = await setup('correct horse').logIn.logIn({ password: 'correct horse' }, elsewhere);
    expect(result).toMatchObject({ ok: false, reason: 'insecure' });
    expect(result.ok ? '' : result.message).toContain('admin.insecure: true');
  });

  it('is allowed by admin.insecure and over TLS', async () => {
    const credentials = { password: 'correct horse' };
    expect((await setup('correct horse', true).logIn.logIn(credentials, elsewhere)).ok).toBe(true);
    expect((await setup('correct horse').logIn.logIn(credentials, { ...elsewhere, secure: true })).ok).toBe(
      true,
    );
  });

  it.each([
    ['localhost', true],
    ['LOCALHOST', true],
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['[::1]', true],
    ['localhost.example', false],
    ['127.0.0.1.example', false],
    ['10.0.0.1', false],
    ['', false],
  ])('%s is loopback: %s', (host, expected) => {
    expect(isLoopbackName(host)).toBe(expected);
  });
});

it.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('counts %s under %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
