import { expect, it } from 'vitest';
import { h } from 'vue';
import { createFakeRpc } from '../../../testing/fake-rpc.ts';
import { mountPage } from '../../../testing/with-app.ts';
import { makeTurn } from '../conversation.ts';
import AnswerTurn from './AnswerTurn.vue';

it('steps to another version by Alt and arrows, but not from the field of a result, where words are walked by them', async () => {
  const steps: number[] = [];
  const turn = makeTurn('assistant', 'q', 1, {
    calls: [{ id: 'a', name: 'sum', arguments: '{}' }],
  });
  const component = {
    render: () =>
      h(AnswerTurn, {
        turn,
        running: null,
        busy: false,
        place: 0,
        count: 2,
        results: [],
        tools: [],
        check: null,
        schema: false,
        last: true,
        onStep: (by: number) => steps.push(by),
      }),
  };
  const { page } = await mountPage({ rpc: createFakeRpc({}), route: { path: '/', component }, at: '/' });
  await page.get('textarea').trigger('keydown', { key: 'ArrowLeft', altKey: true });
  expect(steps).toEqual([]);
  await page.get('article').trigger('keydown', { key: 'ArrowRight', altKey: true });
  expect(steps).toEqual([1]);
});
