import { describe, expect, it } from 'vitest';
import { INTERRUPTED, TOLD } from '../electron/main/exit-codes.ts';
import { chooseHost, electronEnvironment, failureToStart } from './start-choice.ts';

describe('npm start', () => {
  it.each([
    ['linux', { DISPLAY: ':0' }],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }],
    ['darwin', {}],
    ['win32', {}],
  ] as const)('opens the desktop app on %s with %j', (platform, environment) => {
    expect(chooseHost(false, environment, platform)).toEqual({ host: 'desktop', note: null });
  });

  it.each([
    ['linux', {}],
    ['linux', { DISPLAY: '' }],
    ['darwin', { SSH_CONNECTION: '10.0.0.1 50000 10.0.0.2 22' }],
  ] as const)('says why it opens none on %s with %j', (platform, environment) => {
    expect(chooseHost(false, environment, platform)).toMatchObject({
      host: 'headless',
      note: expect.stringContaining('no display'),
    });
  });

  it('says nothing when the headless host was asked for', () => {
    expect(chooseHost(true, { DISPLAY: ':0' }, 'linux')).toEqual({ host: 'headless', note: null });
  });
});

describe('the end of the desktop app', () => {
  const end = { code: 0, signal: null, ran: 200 };

  it.each([
    ['it was quit', {}],
    ['it told the user what is wrong', { code: TOLD }],
    ['the user pressed Ctrl-C twice', { code: INTERRUPTED }],
    ['it was ended from outside', { code: null, signal: 'SIGTERM' }],
    ['it crashed after it had run', { code: null, signal: 'SIGSEGV', ran: 60_000 }],
  ] as const)('is the end where %s', (_, how) => {
    expect(failureToStart({ ...end, ...how })).toBeNull();
  });

  it.each([
    ['a library is missing', { code: 127 }, 'Electron ended with code 127'],
    ['its sandbox is refused', { code: null, signal: 'SIGTRAP' }, 'Electron was ended by SIGTRAP'],
  ] as const)('is no start at all where %s', (_, how, reason) => {
    expect(failureToStart({ ...end, ...how })).toBe(reason);
  });
});

it('Electron gets no options that were meant for Node', () => {
  const given = { NODE_OPTIONS: '--inspect', ELECTRON_RUN_AS_NODE: '1', HOME: '/home/ada' };
  expect(electronEnvironment(given)).toEqual({
    NODE_OPTIONS: undefined,
    ELECTRON_RUN_AS_NODE: undefined,
    HOME: '/home/ada',
  });
});
