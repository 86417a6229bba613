/** What is no change any more, or was made here, is no conflict with what others do. */
import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import type { AliasView } from '../../../contract/rpc/procedures/aliases.ts';
import type { RuleView } from '../../../contract/rpc/procedures/routing.ts';
import { sampleAlias, sampleTarget } from '../../testing/samples.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { useRouting } from './store.ts';
import { FAST, openRouting } from './testing/routing-page.ts';

const rule = (number: number, model: string): RuleView => ({
  number,
  rule: { enabled: true, when: { model }, then: { model: 'fast' } },
  hits: 0,
  lastHitAt: null,
  problem: null,
});
const RULES = [rule(1, 'gpt-*'), rule(2, 'claude-*'), rule(3, 'qwen-*')];
const NOTE = 'was changed elsewhere meanwhile';
const LONGER: AliasView = { ...FAST, targets: [...FAST.targets, sampleTarget({ model: 'my/own' })] };
const undos = () => useToasts().shown.flatMap(({ undo }) => (undo === undefined ? [] : [undo]));
type Opened = Awaited<ReturnType<typeof openRouting>>;
const moveRule = ({ button }: Opened, name: string) => button(name).trigger('keydown', { key: 'ArrowDown' });
async function apply({ button }: Opened): Promise<void> {
  await button('Apply').trigger('click');
  await flushPromises();
}
async function readAgain(): Promise<void> {
  await useRouting().read();
  await flushPromises();
}

it('what was applied can be taken back until the next change is begun', async () => {
  const opened = await openRouting({ rules: RULES });
  await moveRule(opened, 'Move rule 1 of 3');
  await apply(opened);
  await readAgain();
  expect(undos()).toHaveLength(1);
  await moveRule(opened, 'Move rule 2 of 3');
  expect(undos()).toHaveLength(0);
  await apply(opened);
  expect(opened.page.text()).not.toContain('not applied');
  undos()[0]?.();
  await flushPromises();
  expect(opened.page.text()).not.toContain(NOTE);
  const table = opened.page.get('table[aria-label="Rules"]').text();
  expect(table.indexOf('gpt-*')).toBeLessThan(table.indexOf('qwen-*'));
  expect(table.indexOf('claude-*')).toBeLessThan(table.indexOf('gpt-*'));
});

it('an alias is taken back until it is changed again, and that change is applied', async () => {
  const opened = await openRouting({ at: '/routing/fast' });
  await moveRule(opened, 'Move groq/llama, 1 of 2');
  await apply(opened);
  expect(undos()).toHaveLength(1);
  await moveRule(opened, 'Move openai/gpt-5, 1 of 2');
  expect(undos()).toHaveLength(0);
  await apply(opened);
  expect(opened.put()).toHaveLength(2);
});

it.each([
  ['is changed', () => [LONGER]],
  ['is removed', () => []],
])('an alias whose change was taken back by hand is no change where it %s elsewhere', async (_, next) => {
  const aliases = [FAST, sampleAlias({ id: 'slow', targets: [sampleTarget({ model: 'groq/llama' })] })];
  const opened = await openRouting({ aliases, at: '/routing/fast' });
  await moveRule(opened, 'Move groq/llama, 1 of 2');
  expect(opened.page.text()).toContain('1 change not applied');
  await opened.button('Move groq/llama, 2 of 2').trigger('keydown', { key: 'ArrowUp' });
  aliases.splice(0, 1, ...next());
  await readAgain();
  expect(opened.page.text()).not.toContain('not applied');
  expect(opened.page.text()).not.toContain(NOTE);
});

it('a conflict ends where the change here is taken back by hand', async () => {
  const aliases = [FAST];
  const opened = await openRouting({ aliases, rules: RULES, at: '/routing/fast' });
  await moveRule(opened, 'Move groq/llama, 1 of 2');
  await moveRule(opened, 'Move rule 1 of 3');
  aliases[0] = LONGER;
  opened.ruleElsewhere([rule(1, 'mine-*')]);
  await readAgain();
  expect(opened.page.text()).toContain('2 changes of yours');
  await opened.button('Move groq/llama, 2 of 2').trigger('keydown', { key: 'ArrowUp' });
  await opened.button('Move rule 2 of 3').trigger('keydown', { key: 'ArrowUp' });
  expect(opened.page.text()).not.toContain(NOTE);
  expect(opened.page.text()).not.toContain('not applied');
  expect(opened.page.text()).toContain('my/own');
  expect(opened.page.get('table[aria-label="Rules"]').text()).toContain('mine-*');
});

it('the very same change made elsewhere is no conflict', async () => {
  const opened = await openRouting({ rules: RULES });
  await moveRule(opened, 'Move rule 1 of 3');
  opened.ruleElsewhere([rule(1, 'claude-*'), rule(2, 'gpt-*'), rule(3, 'qwen-*')]);
  await readAgain();
  expect(opened.page.text()).not.toContain(NOTE);
  expect(opened.page.text()).not.toContain('not applied');
});

it('what is changed while the rules before are being applied stays, whether or not they were read meanwhile', async () => {
  for (const reads of [true, false]) {
    const { promise: answered, resolve: answer } = Promise.withResolvers<undefined>();
    const opened = await openRouting({ rules: RULES, written: () => answered });
    await moveRule(opened, 'Move rule 1 of 3');
    await opened.button('Apply').trigger('click');
    if (reads) await readAgain();
    await moveRule(opened, 'Move rule 2 of 3');
    answer(undefined);
    await flushPromises();
    expect(opened.page.text()).toContain('1 change not applied');
    expect(opened.page.text()).not.toContain(NOTE);
    expect(undos()).toHaveLength(0);
    await apply(opened);
    const last = opened.rpc.calls.findLast(({ name }) => name === 'routing.setRules');
    expect(last?.input).toMatchObject({ rules: [{ was: 1 }, { was: 3 }, { was: 2 }] });
    opened.page.unmount();
  }
});

it('what is changed of an alias while its new name is being applied stays, of the one with that name', async () => {
  for (const reads of [false, true]) {
    const { promise: answered, resolve: answer } = Promise.withResolvers<undefined>();
    const opened = await openRouting({ aliases: [FAST], at: '/routing/fast', written: () => answered });
    const name = () => opened.page.get('section[aria-label="Edit alias"] input');
    await name().setValue('quick');
    await opened.button('Apply').trigger('click');
    await moveRule(opened, 'Move groq/llama, 1 of 2');
    if (reads) await readAgain();
    answer(undefined);
    await flushPromises();
    expect(opened.page.text()).toContain('1 change not applied');
    expect(opened.page.text()).not.toContain(NOTE);
    await apply(opened);
    expect(opened.put()[1]).toMatchObject({
      was: 'quick',
      alias: { id: 'quick', targets: [{ model: 'openai/gpt-5' }, { model: 'groq/llama' }] },
    });
    opened.page.unmount();
  }
});

it('an answer that comes after one that was asked for later is left aside', async () => {
  const opened = await openRouting({ rules: RULES });
  const { promise: late, resolve: arrive } = Promise.withResolvers<undefined>();
  const call = opened.rpc.call.bind(opened.rpc);
  opened.rpc.call = async (name, input) => {
    const answer = await call(name, input);
    if (name === 'routing.rules') await late;
    return answer;
  };
  const early = readAgain();
  await flushPromises();
  opened.rpc.call = call;
  await moveRule(opened, 'Move rule 1 of 3');
  await apply(opened);
  await moveRule(opened, 'Move rule 2 of 3');
  arrive(undefined);
  await early;
  expect(opened.page.text()).not.toContain(NOTE);
  expect(opened.page.text()).toContain('1 change not applied');
});
