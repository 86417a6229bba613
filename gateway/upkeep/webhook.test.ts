import { beforeEach, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { AlertChange } from '../../contract/rpc/procedures/alerts.ts';
import type { Upstream, UpstreamListener } from '../core/upstream.ts';
import { say } from '../core/sayings.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { createWebhook } from './webhook.ts';

interface Call {
  /** `raised 1` */
  readonly what: string;
  readonly listener: UpstreamListener;
}

const bodySchema = z.object({ state: z.string(), alert: z.object({ id: z.string() }) });

let clock: ReturnType<typeof createSteppedClock>;
let calls: Call[];
let logged: string[];
let tell: (change: AlertChange) => void;
beforeEach(() => {
  clock = createSteppedClock();
  calls = [];
  logged = [];
  const upstream: Pick<Upstream, 'send'> = {
    send({ body }, listener) {
      const { state, alert } = bodySchema.parse(JSON.parse(Buffer.concat(body).toString()));
      calls.push({ what: `${state} ${alert.id}`, listener });
      return { pause: () => undefined, resume: () => undefined, abort: () => undefined };
    },
  };
  const note = (message: string): void => void logged.push(message);
  tell = createWebhook({
    upstream,
    clock,
    logger: { debug: note, info: note, warn: note, error: note },
    version: '1',
    settings: () => ({ url: 'http://hook.example/', token: '' }),
    network: () => ({ proxy: 'none', noProxy: [] }),
  });
});

const change = (state: AlertChange['state'], id = '1'): AlertChange => ({
  state,
  alert: { id, when: 'provider_down', message: 'm', told: say('file-gone'), about: 'x', since: 0 },
  at: 0,
});
const sent = (): string[] => calls.map(({ what }) => what);
const answer = (status: number): void => calls.at(-1)?.listener.headers(status, {});

it('what is over is told after what began, however long that takes to be delivered', () => {
  tell(change('raised'));
  answer(503);
  clock.step(1_000);
  answer(503);
  tell(change('cleared'));
  expect(sent()).toEqual(['raised 1', 'raised 1']);
  clock.step(10_000);
  expect(sent()).toEqual(['raised 1', 'raised 1', 'raised 1']);
  answer(200);
  expect(sent()).toEqual(['raised 1', 'raised 1', 'raised 1', 'cleared 1']);
});

it('what is over is told where what began could not be delivered: the answer alone may have been lost', () => {
  tell(change('raised'));
  tell(change('cleared'));
  for (const pause of [1_000, 10_000, 0]) {
    answer(500);
    clock.step(pause);
  }
  expect(sent()).toEqual(['raised 1', 'raised 1', 'raised 1', 'cleared 1']);
  expect(logged).toEqual(['an alert could not be delivered to the webhook']);
});

it('of what changes again while it waits behind another, only the last is told', () => {
  tell(change('raised'));
  tell(change('cleared'));
  tell(change('raised'));
  tell(change('cleared'));
  answer(200);
  answer(200);
  expect(sent()).toEqual(['raised 1', 'cleared 1']);
});

it('other alerts do not wait for one', () => {
  tell(change('raised', '1'));
  tell(change('raised', '2'));
  expect(sent()).toEqual(['raised 1', 'raised 2']);
});

it('no more than twenty that began wait at once, and what is over is told all the same', () => {
  tell(change('raised', 'known'));
  answer(200);
  for (let id = 1; id <= 21; id += 1) tell(change('raised', String(id)));
  expect(sent().at(-1)).toBe('raised 20');
  expect(logged).toEqual(['an alert was not sent to the webhook: too many still wait for an answer']);
  tell(change('cleared', 'known'));
  expect(sent().at(-1)).toBe('cleared known');
});
