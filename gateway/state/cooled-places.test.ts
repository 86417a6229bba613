import { describe, expect, it } from 'vitest';
import type { Cooling } from '../routing/cooldown.ts';
import { keyWho, modelWhich } from '../routing/places.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { createCooledPlaces } from './cooled-places.ts';

const MOST = 1_000;

function setUp() {
  const clock = createSteppedClock();
  const places = createCooledPlaces(clock, []);
  const cool = (which: string, length = 60_000): void => {
    const cooling: Cooling = {
      reason: 'model_unavailable',
      message: 'no',
      status: 404,
      scope: 'model',
      since: places.now(),
      length,
      probing: false,
    };
    places.put('one', { place: { who: keyWho('k1'), which }, cooling, failures: 1 });
  };
  const cools = (model: string): boolean =>
    places.over({ provider: 'one', key: 'k1', model }, undefined).length > 0;
  return { clock, places, cool, cools };
}

describe('many cool-downs of one provider', () => {
  it('whose time is over are forgotten before any that still holds', () => {
    const { clock, places, cool, cools } = setUp();
    cool(modelWhich('held'));
    for (let index = 1; index < MOST; index += 1) cool(modelWhich(`m${index}`), 1_000);
    clock.step(2_000);
    cool(modelWhich('last'));
    expect(places.of('one')).toHaveLength(2);
    expect([cools('held'), cools('m1'), cools('last')]).toEqual([true, false, true]);
  });

  it('of models alone, as by a client that asks for names without end, are bounded; the oldest go', () => {
    const { places, cool, cools } = setUp();
    cool('');
    for (let index = 0; index < 3 * MOST; index += 1) cool(modelWhich(`m${index}`));
    expect(places.of('one')).toHaveLength(MOST);
    expect(places.at('one', { who: keyWho('k1'), which: '' })).toBeDefined();
    expect(places.at('one', { who: keyWho('k1'), which: modelWhich('m0') })).toBeUndefined();
    expect(cools(`m${3 * MOST - 1}`)).toBe(true);
  });
});
