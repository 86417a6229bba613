import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { expect, it } from 'vitest';
import type { Told } from '../../../../contract/rpc/connect-sayings.ts';
import { sampleStatus } from '../../../testing/samples.ts';
import { createFakeSettings } from '../testing/fake-settings.ts';
import { open, row } from '../testing/settings-page.ts';

const PLACED = ['server.prot', 'providers[0].base_url', 'models[2].targets'];
const faults = PLACED.map((path, index): Told => ({
  code: 'at-path-line',
  values: { path, line: index + 1 },
  text: '',
  reason: { code: 'whole-number', values: {}, text: '' },
}));
function broken(parts: readonly Told[]): Told {
  const reason: Told = { code: 'listed', values: {}, text: '', parts };
  return { code: 'config-unusable', values: { path: '/d/config.yaml' }, text: '', reason };
}

async function show(told: Told): Promise<VueWrapper> {
  const problems = [{ code: 'config_broken', message: told.text, told } as const];
  const { page } = await open(createFakeSettings(), '/settings/data', {
    'gateway.status': () => sampleStatus({ problems }),
  });
  await flushPromises();
  return page;
}

it('each fault of the file stands in a line with its place', async () => {
  const alert = row(await show(broken(faults)), 'data.configFile').get('[role=alert]');
  expect(alert.get('p').text()).toContain('/d/config.yaml');
  expect(alert.findAll('li').map((line) => line.text())).toEqual(
    PLACED.map((path, index) => `${path} (line ${index + 1}): a whole number is needed`),
  );
  expect(alert.get('button').attributes('aria-label')).toBe('Copy problems');
});

it('one fault stays within the sentence', async () => {
  const alert = row(await show(broken(faults.slice(0, 1))), 'data.configFile').get('[role=alert]');
  expect(alert.find('li').exists()).toBe(false);
  expect(alert.text()).toContain('server.prot (line 1): a whole number is needed');
});
