/** Presets out to a file and back in. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Preset } from '../../contract/rpc/procedures/presets.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  gateway = await startTestGateway(`providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}`);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});
const call = () => gateway.gateway.control.handlers;

const preset = (name: string, system = ''): Preset => ({
  id: `p-${name.toLowerCase().padEnd(8, '0')}`,
  name,
  system,
  parameters: {},
  tools: [],
  toolChoice: 'auto',
  autoContinue: false,
  format: { kind: 'text' },
});
const saveAll = async (presets: readonly Preset[]): Promise<void> => {
  for (const one of presets) await call()['presets.save'](one);
};
const names = async (): Promise<readonly string[]> =>
  (await call()['presets.list']({})).presets.map(({ name }) => name);

it('what is here already stays as it is, and who has another’s name gets a new one', async () => {
  await saveAll([preset('Analyst', 'Be brief.'), preset('Poet', 'Rhyme.')]);
  const { text } = await call()['presets.export']({});
  await saveAll([preset('Analyst', 'Be long.')]);
  const { added, known, presets } = await call()['presets.import']({ text });
  expect(known).toBe(1);
  expect(added).toMatchObject([{ name: 'Analyst (2)', renamedFrom: 'Analyst' }]);
  expect(presets.at(-1)).toMatchObject({ id: added[0]?.id, name: 'Analyst (2)', system: 'Be brief.' });
  expect(await names()).toEqual(['Analyst', 'Poet', 'Analyst (2)']);
});

it('some of them go out alone', async () => {
  await saveAll([preset('One'), preset('Two')]);
  const { text } = await call()['presets.export']({ ids: [preset('Two').id] });
  expect(text).toContain('"Two"');
  expect(text).not.toContain('"One"');
});

it('a broken file brings nothing, and is refused with the place', async () => {
  await saveAll([preset('Good')]);
  const { text } = await call()['presets.export']({});
  const broken = text.replace('"toolChoice": "auto"', '"toolChoice": "any"');
  await expect(call()['presets.import']({ text: broken })).rejects.toThrow(/^Line \d+, column 21 \(presets/);
  expect(await names()).toEqual(['Good']);
});

it('more than are kept bring nothing', async () => {
  const fileOf = (count: number): string =>
    JSON.stringify({
      format: 'switchyard-presets',
      version: 1,
      presets: Array.from({ length: count }, () => ({ name: 'One' })),
    });
  await call()['presets.import']({ text: fileOf(99) });
  await expect(call()['presets.import']({ text: fileOf(2).replaceAll('One', 'Other') })).rejects.toThrow(
    'At most 100 presets are kept.',
  );
  expect(await names()).toHaveLength(99);
});

it('a key in a file is not kept', async () => {
  const file = {
    format: 'switchyard-presets',
    version: 1,
    presets: [{ name: 'a', system: `say ${KEY_ONE}` }],
  };
  const { presets } = await call()['presets.import']({ text: JSON.stringify(file) });
  expect(JSON.stringify(presets)).not.toContain(KEY_ONE);
});
