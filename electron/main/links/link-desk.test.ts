import { expect, it } from 'vitest';
import type { LinkOffer } from '../../../contract/rpc/links.ts';
import { createSteppedClock } from '../../../gateway/testing/clock.ts';
import { createLinkDesk } from './link-desk.ts';

const tool = (name: 'codex' | 'zed' | 'aider' | 'cline' | 'continue') =>
  ({ kind: 'connect-tool', tool: name }) as const;
const provider = {
  kind: 'add-provider',
  name: 'Local',
  dialect: 'openai-chat',
  baseUrl: 'https://a.example/v1',
  key: 'sk-a-secret-of-mine',
} as const;

function setUp() {
  const clock = createSteppedClock();
  const desk = createLinkDesk(clock, (key) => `…${key.slice(-4)}`);
  const told: (LinkOffer | null)[] = [];
  let leave: () => void = () => undefined;
  const follow = () =>
    desk.follow({
      tell: ({ offer }) => void told.push(offer),
      onCancel(act) {
        leave = act;
      },
    });
  return { clock, desk, told, follow, leave: () => leave() };
}

it('keeps a link until there is a page, and shows it again to one that is loaded anew', async () => {
  const { desk, told, follow, leave } = setUp();
  desk.offer(tool('codex'));
  const first = follow();
  leave();
  await first;
  void follow();
  expect(told).toEqual([
    { id: 1, link: tool('codex'), waiting: 0 },
    { id: 1, link: tool('codex'), waiting: 0 },
  ]);
});

it('never tells the key', () => {
  const { desk, told, follow } = setUp();
  void follow();
  desk.offer(provider);
  expect(told.at(-1)).toMatchObject({ link: { name: 'Local', keyFingerprint: '…mine' } });
  expect(JSON.stringify(told)).not.toContain('sk-a-secret');
  expect(desk.asked(1)).toEqual(provider);
});

it('a hundred in a second make one dialog', () => {
  const { desk, told, follow } = setUp();
  void follow();
  const taken = Array.from({ length: 100 }, () => desk.offer(tool('codex')));
  expect(taken.filter(Boolean)).toHaveLength(1);
  desk.decided(told.at(-1)?.id ?? 0);
  expect([desk.offer(tool('codex')), told.at(-1)]).toEqual([false, null]);
});

it('lets few wait, one after the other', () => {
  const { desk, told, follow } = setUp();
  void follow();
  const all = [tool('codex'), tool('zed'), tool('aider'), tool('cline'), tool('continue')];
  expect(all.map((link) => desk.offer(link))).toEqual([true, true, true, true, false]);
  expect(told.at(-1)).toMatchObject({ id: 1, waiting: 3 });
  desk.decided(2);
  expect(told.at(-1)?.id).toBe(1);
  desk.decided(1);
  expect(told.at(-1)).toMatchObject({ id: 2, link: tool('zed'), waiting: 2 });
  expect([desk.asked(1), desk.asked(2)]).toEqual([null, tool('zed')]);
});

it('may be asked again a while later', () => {
  const { clock, desk } = setUp();
  desk.offer(tool('codex'));
  desk.decided(1);
  clock.step(2_500);
  expect(desk.offer(tool('codex'))).toBe(true);
});
