import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { useProviderStates } from '../../shared/composables/useProviderStates.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleFigures, sampleGroup, sampleStatistics } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import { useToday } from './useToday.ts';

it('tells which providers answer nothing any more, without a question of its own', async () => {
  const group = (name: string, failed: readonly number[]) => ({
    ...sampleGroup(name, sampleFigures({ requests: 7 })),
    series: { requests: [4, 3], failed, tokens: [0, 0], cost: [0, 0] },
  });
  const groups = [group('openai', [4, 2]), group('xai', [0, 3])];
  const rpc = createFakeRpc({
    'statistics.read': ({ by }) =>
      sampleStatistics(sampleFigures({ requests: 7 }), { groups: by === 'provider' ? groups : [] }),
  });
  const component = { setup: () => (useToday(), () => null) };
  await mountPage({ rpc, route: { path: '/', name: 'overview', component }, others: [], at: '/' });
  await flushPromises();
  expect([...useProviderStates().failing]).toEqual(['xai']);
  expect(rpc.calls.filter(({ name }) => name === 'statistics.read')).toHaveLength(2);
});
