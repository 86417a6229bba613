import { expect, it } from 'vitest';
import { createSteppedClock } from '../../../gateway/testing/clock.ts';
import { createCommandRelay } from './command-relay.ts';

function pageOf() {
  const heard: string[] = [];
  let leave = (): void => undefined;
  return {
    heard,
    leave: () => leave(),
    tell: ({ id }: { readonly id: string }) => void heard.push(id),
    onCancel: (act: () => void) => {
      leave = act;
    },
  };
}

it('tells the page that listens, and the newest of two', async () => {
  const relay = createCommandRelay(createSteppedClock());
  const [first, second] = [pageOf(), pageOf()];
  const ended = relay.follow(first);
  relay.ask('palette');
  void relay.follow(second);
  expect(await ended).toBeNull();
  relay.ask('shortcuts');
  expect([first.heard, second.heard]).toEqual([['palette'], ['shortcuts']]);
});

it('waits for a page that is being loaded, but not for long', () => {
  const clock = createSteppedClock();
  const relay = createCommandRelay(clock);
  const [first, second, third] = [pageOf(), pageOf(), pageOf()];
  relay.ask('new-chat');
  void relay.follow(first);
  first.leave();
  relay.ask('palette');
  clock.step(10_000);
  void relay.follow(second);
  second.leave();
  void relay.follow(third);
  expect([first.heard, second.heard, third.heard]).toEqual([['new-chat'], [], []]);
});

it('ends when the page goes', async () => {
  const relay = createCommandRelay(createSteppedClock());
  const page = pageOf();
  const ended = relay.follow(page);
  page.leave();
  expect(await ended).toBeNull();
});
