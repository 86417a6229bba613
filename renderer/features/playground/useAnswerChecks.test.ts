import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import { h, shallowRef } from 'vue';
import type { AnswerFormat } from '../../../contract/rpc/procedures/chat-content.ts';
import { brokenOff } from './answers.ts';
import { makeTurn } from './conversation.ts';
import { startAnswer } from './running-answer.ts';
import { useAnswerChecks } from './useAnswerChecks.ts';

afterEach(() => vi.unstubAllGlobals());

/** Workers that judge when the test lets them. */
function fakeWorkers() {
  const started: (() => void)[] = [];
  class LateWorker extends EventTarget {
    readonly terminate = (): void => undefined;
    readonly postMessage = (): void => {
      started.push(() => this.dispatchEvent(new MessageEvent('message', { data: [] })));
    };
  }
  vi.stubGlobal('Worker', LateWorker);
  return started;
}

const figures = {
  ...brokenOff(startAnswer({ conversation: 'c', column: 'o', turn: 't' }, 0), '', ''),
  outcome: 'ok' as const,
};
const schema = (text: string): AnswerFormat => ({ kind: 'schema', name: 's', schema: text, strict: true });

it('checks each answer once, however often they are drawn meanwhile, and again for another form', async () => {
  const started = fakeWorkers();
  const turns = ['1', '2', '3'].map((text) =>
    makeTurn('assistant', null, 1, { text, format: 'schema', figures }),
  );
  const format = shallowRef(schema('{"type":"number"}'));
  const page = mount({
    setup() {
      const checkOf = useAnswerChecks(() => format.value);
      return () =>
        h(
          'ul',
          turns.map((turn) => h('li', checkOf(turn) === null ? 'unknown' : 'fits')),
        );
    },
  });
  const shown = (): string =>
    page
      .findAll('li')
      .map((row) => row.text())
      .join(' ');
  await flushPromises();
  expect(started).toHaveLength(3);
  started[0]?.();
  await flushPromises();
  expect(shown()).toBe('fits unknown unknown');
  expect(started).toHaveLength(3);

  format.value = schema('{"type":"integer"}');
  await flushPromises();
  expect(shown()).toBe('unknown unknown unknown');
  expect(started).toHaveLength(6);
  // Those of the earlier form say nothing any more.
  started[1]?.();
  await flushPromises();
  expect(shown()).toBe('unknown unknown unknown');
  for (const judge of started.slice(3)) judge();
  await flushPromises();
  expect(shown()).toBe('fits fits fits');
  expect(started).toHaveLength(6);
});

it('checks answers alone that were asked for in a form, and no words before calls of tools', async () => {
  const json: AnswerFormat = { kind: 'json' };
  const calls = [{ id: 'a', name: 'sum', arguments: '{}' }];
  const turns = [
    makeTurn('assistant', null, 1, { text: 'Asked before.', figures }),
    makeTurn('assistant', null, 1, { text: 'Let me look that up.', calls, format: 'json', figures }),
    makeTurn('assistant', null, 1, { text: 'It is seven.', format: 'json', figures }),
  ];
  const page = mount({
    setup() {
      const checkOf = useAnswerChecks(() => json);
      return () =>
        h(
          'ul',
          turns.map((turn) => h('li', checkOf(turn) === null ? 'not checked' : 'checked')),
        );
    },
  });
  await flushPromises();
  expect(page.findAll('li').map((row) => row.text())).toEqual(['not checked', 'not checked', 'checked']);
});
