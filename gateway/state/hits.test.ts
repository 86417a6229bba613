import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ruleSchema } from '../../contract/config/routing.ts';
import { routingRule } from '../routing/build.ts';
import { aliasHits } from '../routing/memory.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { createHitsFile } from './hits-file.ts';
import { createHits } from './hits.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-hits-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const rule = (model: string, index = 0): string =>
  routingRule(ruleSchema.parse({ when: { model }, then: { model: 'p/m' } }), index).hits;

function start() {
  const clock = createSteppedClock();
  const warned: string[] = [];
  const silent = (): void => undefined;
  const logger = {
    debug: silent,
    info: silent,
    error: silent,
    warn: (text: string) => void warned.push(text),
  };
  const hits = createHits({ clock, logger, file: createHitsFile(join(folder, 'hits.json')) });
  return { hits, clock, warned };
}

it('counts each rule, wherever it stands in the list, and anew when it was changed; aliases by name', () => {
  const { hits, clock } = start();
  expect(hits.of(rule('a'))).toEqual({ count: 0, lastAt: null });
  hits.hit(rule('a'));
  clock.step(4);
  hits.hit(rule('a', 3));
  hits.hit(aliasHits('a'));
  expect(hits.of(rule('a', 7))).toEqual({ count: 2, lastAt: clock.wall() });
  expect(hits.of(rule('b'))).toEqual({ count: 0, lastAt: null });
  expect(hits.of(aliasHits('a')).count).toBe(1);
});

it('a later run goes on counting, also after one that was killed', async () => {
  const first = start();
  first.hits.hit(rule('a'));
  await first.hits.close();
  const second = start();
  await second.hits.load();
  second.hits.hit(rule('a'));
  expect(second.hits.of(rule('a')).count).toBe(2);
  // Nothing is written with the request, but a few seconds later.
  expect(
    (
      await start()
        .hits.load()
        .then(() => readFile(join(folder, 'hits.json'), 'utf8'))
    ).includes(',1,'),
  ).toBe(true);
  second.clock.step(5_000);
  const third = start();
  await expect
    .poll(async () => {
      await third.hits.load();
      return third.hits.of(rule('a')).count;
    })
    .toBe(2);
});

it.each(['no JSON', '{"version":9}', '{"version":1,"hits":[["x",-1,null]]}'])(
  '%s is no count',
  async (text) => {
    await writeFile(join(folder, 'hits.json'), text);
    const { hits, warned } = start();
    await hits.load();
    expect([hits.of('x').count, warned]).toEqual([0, []]);
  },
);

it('a folder that cannot be written is told once', async () => {
  const { hits, clock, warned } = start();
  await rm(folder, { recursive: true });
  for (let round = 0; round < 2; round += 1) {
    hits.hit('x');
    clock.step(5_000);
    await hits.close();
  }
  expect(warned).toHaveLength(1);
});
