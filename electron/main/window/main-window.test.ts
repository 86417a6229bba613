import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createSteppedClock } from '../../../gateway/testing/clock.ts';
import { made } from '../../testing/window.ts';
import { createMainWindow } from './main-window.ts';
import { REST_AFTER } from './rest.ts';

vi.mock('electron', async () => {
  const { FakeWindow } = await import('../../testing/window.ts');
  return { BrowserWindow: FakeWindow };
});

function setUp() {
  const clock = createSteppedClock();
  const state = { busy: false, rests: true };
  const window = createMainWindow({
    clock,
    rests: () => state.rests,
    mayGo: () => !state.busy,
    platform: 'linux',
    preload: '/preload.cjs',
    placement: () => ({ bounds: { width: 1_000, height: 700 }, maximized: false }),
    screens: () => [{ x: 0, y: 0, width: 1_920, height: 1_040 }],
    keepPlacement: () => undefined,
    background: () => '#fff',
    hidesOnClose: () => true,
    opened: () => undefined,
    failed: () => undefined,
  });
  window.show();
  return { clock, state, window };
}

beforeEach(() => {
  made.length = 0;
});

describe('a window that was closed', () => {
  it('gives its page up after ten minutes, and opens anew where it was', () => {
    const { clock, window } = setUp();
    Object.assign(made[0] ?? {}, { address: 'app://switchyard/#/requests?id=1' });
    made[0]?.close();
    expect(made[0]?.visible).toBe(false);
    clock.step(REST_AFTER);
    expect(window.current()).toBeNull();
    window.show();
    expect(made[1]?.address).toBe('app://switchyard/#/requests?id=1');
  });

  it('opens with the page that is asked for instead', () => {
    const { clock, window } = setUp();
    Object.assign(made[0] ?? {}, { address: 'app://switchyard/#/requests' });
    made[0]?.close();
    clock.step(REST_AFTER);
    window.show('models');
    expect(made[1]?.address).toBe('app://switchyard/#/models');
  });

  it('stays while its page works, or the user wants it so, or it is shown again', () => {
    const { clock, state, window } = setUp();
    made[0]?.close();
    state.busy = true;
    clock.step(REST_AFTER);
    state.busy = false;
    state.rests = false;
    clock.step(REST_AFTER);
    state.rests = true;
    window.show();
    clock.step(REST_AFTER * 3);
    expect([made.length, window.current() === null]).toEqual([1, false]);
  });
});

describe('a window on no screen', () => {
  it('comes back when screens change, when it is shown and when it is reset', () => {
    const { window } = setUp();
    const away = { x: 9_000, y: 0, width: 1_000, height: 700 };
    for (const act of ['screensChanged', 'show', 'reset'] as const) {
      made[0]?.setBounds(away);
      expect(window.isLost()).toBe(true);
      window[act]();
      expect([act, made[0]?.bounds]).toEqual([act, { x: 320, y: 104, width: 1_280, height: 832 }]);
    }
  });

  it('stays where it is while it can be grasped', () => {
    const { window } = setUp();
    const here = { x: 50, y: 60, width: 900, height: 600 };
    made[0]?.setBounds(here);
    window.screensChanged();
    window.show();
    expect(made[0]?.bounds).toEqual(here);
  });
});
