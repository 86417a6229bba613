/** Providers to which no connection can be made: they cost few requests, and none is given up for good. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK } from '../testing/openai-wire.ts';
import { createSkewedClock, type SkewedClock } from '../testing/skewed-clock.ts';
import {
  KEY_ONE,
  KEY_TWO,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

const BEST = { ...ASK, model: 'best' };
const SECOND = 1_000;

let there: FakeUpstream;
let back: FakeUpstream | undefined;
let port: number;
let gateway: TestGateway;
let clock: SkewedClock;

beforeEach(async () => {
  there = await startFakeUpstream();
  there.script((request) => request.json(200, ANSWER));
  const closed = await startFakeUpstream();
  ({ port } = closed);
  await closed.close();
  clock = createSkewedClock();
});
afterEach(async () => {
  await gateway.stop();
  await there.close();
  await back?.close();
  back = undefined;
});

/** `gone` cannot be reached; what else is there comes after it. */
async function start(targets: readonly string[] = ['gone/m', 'there/m']): Promise<void> {
  const gone = providerYaml('gone', `http://127.0.0.1:${port}/v1`, [KEY_ONE, KEY_TWO]);
  const providers = `${gone.replace('[m]', '[m, n]')}${providerYaml('there', there.url, [KEY_ONE])}`;
  const list = targets.map((model) => `{ model: ${model} }`).join(', ');
  const yaml = `models: [{ id: best, targets: [${list}] }]\nproviders:\n${providers}`;
  gateway = await startTestGateway(yaml, { clock });
}

async function comesBack(): Promise<FakeUpstream> {
  back = await startFakeUpstream({ port });
  back.script((request) => request.json(200, ANSWER));
  return back;
}

/** Providers that were asked, request by request. */
async function asked(count: number): Promise<readonly string[]> {
  const rows = await gateway.rows(count);
  return rows.map(({ attempts }) => attempts.map(({ provider }) => provider).join(' '));
}

async function send(times: number): Promise<readonly number[]> {
  const states: number[] = [];
  for (let count = 0; count < times; count += 1) {
    const answer = await gateway.chat(BEST);
    await answer.text();
    states.push(answer.status);
  }
  return states;
}

describe('with another target behind it', () => {
  it('three requests find out, the others go past it, one of them looks again after a while', async () => {
    await start();
    expect(await send(5)).toEqual([200, 200, 200, 200, 200]);
    expect(await asked(5)).toEqual(['gone there', 'gone there', 'gone there', 'there', 'there']);
    const rows = await gateway.rows(5);
    const passedOver = [{ provider: 'gone', keyFingerprint: '…1111', reason: 'upstream_unreachable' }];
    expect(rows[4]?.attempts[0]?.passedOver).toEqual(expect.arrayContaining(passedOver));
    expect(rows[2]?.attempts[0]).toMatchObject({ action: 'next-target', cooldown: expect.any(Number) });
    clock.pass(7 * SECOND);
    await send(2);
    expect((await asked(7)).slice(5)).toEqual(['gone there', 'there']);
    await comesBack();
    clock.pass(13 * SECOND);
    await send(2);
    expect((await asked(9)).slice(7)).toEqual(['gone', 'gone']);
  });

  it('requests that come all at once are all answered: nothing was sent, so no budget is spent', async () => {
    await start();
    const answers = await Promise.all(Array.from({ length: 40 }, () => gateway.chat(BEST)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await Promise.all(answers.map((answer) => answer.text()));
  });

  it('it is asked all the same when the others fail', async () => {
    await start();
    await send(3);
    there.script((request) => request.json(500, { error: { message: 'oops' } }));
    await comesBack();
    expect(await send(1)).toEqual([200]);
    expect((await asked(4))[3]).toBe('there gone');
    expect(await send(1)).toEqual([200]);
    expect((await asked(5))[4]).toBe('gone');
  });

  it('what the others said is told, and not that it could not be reached in the end', async () => {
    await start();
    await send(3);
    there.script((request) => request.json(500, { error: { message: 'oops' } }));
    const answer = await gateway.chat(BEST);
    expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining('oops')]);
    expect((await asked(4))[3]).toBe('there gone');
  });

  it.each([0, 3])(
    'the other is waited for when it rests for a moment only (after %i requests)',
    async (before) => {
      await start();
      await send(before);
      there.script((request) => request.json(429, { error: { message: 'no' } }, { 'retry-after-ms': '700' }));
      const limited = await gateway.chat({ ...ASK, model: 'there/m' });
      expect([limited.status, await limited.text()]).toEqual([429, expect.any(String)]);
      there.script((request) => request.json(200, ANSWER));
      expect(await send(1)).toEqual([200]);
      expect((await asked(before + 2)).at(-1)).toBe('gone there');
    },
  );

  it('a request that the other refuses for itself is not asked again elsewhere', async () => {
    await start();
    await send(3);
    there.script((request) => request.json(400, { error: { message: 'bad' } }));
    expect(await send(1)).toEqual([400]);
    expect((await asked(4))[3]).toBe('there');
  });
});

it('one connection that cannot be made is enough for a request: no other key or model of it is asked', async () => {
  await start(['gone/m', 'gone/n', 'there/m']);
  expect(await send(1)).toEqual([200]);
  expect(await asked(1)).toEqual(['gone there']);
});

describe('a machine without a network', () => {
  it('asks the only provider each time, once, and is answered as soon as it is there', async () => {
    await start(['gone/m']);
    expect(await send(6)).toEqual(Array.from({ length: 6 }, () => 502));
    expect(await asked(6)).toEqual(Array.from({ length: 6 }, () => 'gone'));
    await comesBack();
    expect(await send(1)).toEqual([200]);
  });

  it('asks all there are each time, in their order, and nothing stays dead', async () => {
    const other = there.port;
    await start();
    await there.close();
    expect(await send(6)).toEqual(Array.from({ length: 6 }, () => 502));
    expect(new Set(await asked(6))).toEqual(new Set(['gone there']));
    await comesBack();
    there = await startFakeUpstream({ port: other });
    there.script((request) => request.json(200, ANSWER));
    expect(await send(2)).toEqual([200, 200]);
    expect((await asked(8)).slice(6)).toEqual(['gone', 'gone']);
    // Whatever rests still does so for half a minute at the most.
    clock.pass(36 * SECOND);
    const views = await gateway.call('providers.list');
    expect(JSON.stringify(views)).not.toContain('"state":"cooling"');
  });
});
