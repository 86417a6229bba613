/** What is being changed here is changed elsewhere as well. */
import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import type { RuleView } from '../../../contract/rpc/procedures/routing.ts';
import { sampleAlias, sampleTarget } from '../../testing/samples.ts';
import { FAST, openRouting } from './testing/routing-page.ts';

const rule = (number: number, model: string): RuleView => ({
  number,
  rule: { enabled: true, when: { model }, then: { model: 'fast' } },
  hits: 0,
  lastHitAt: null,
  problem: null,
});
const RULES = [rule(1, 'gpt-*'), rule(2, 'claude-*')];
const OTHERS = [rule(1, 'qwen-*'), rule(2, 'gpt-*'), rule(3, 'claude-*')];
const NOTE = 'was changed elsewhere meanwhile';
const named = (calls: readonly { readonly name: string; readonly input: unknown }[], name: string) =>
  calls.filter((call) => call.name === name).map(({ input }) => input);

it('a change to rules stays, says so, and makes way for the rules there are when these are read anew', async () => {
  const { page, button, ruleElsewhere } = await openRouting({ rules: RULES });
  await button('Move rule 1 of 2').trigger('keydown', { key: 'ArrowDown' });
  ruleElsewhere(OTHERS);
  await button('Apply').trigger('click');
  await flushPromises();
  expect(page.text()).toContain(NOTE);
  expect(page.text()).toContain('1 change not applied');
  const table = () => page.get('table[aria-label="Rules"]').text();
  expect(table()).not.toContain('qwen-*');
  expect(table().indexOf('claude-*')).toBeLessThan(table().indexOf('gpt-*'));
  expect(button('Apply').attributes('disabled')).toBeDefined();
  await button('Read anew').trigger('click');
  expect(page.text()).not.toContain(NOTE);
  expect(page.text()).not.toContain('not applied');
  expect(table()).toContain('qwen-*');
});

it('a change to rules that is discarded leaves those there are', async () => {
  const { page, button, ruleElsewhere } = await openRouting({ rules: RULES });
  await button('Move rule 1 of 2').trigger('keydown', { key: 'ArrowDown' });
  ruleElsewhere(OTHERS);
  await button('Apply').trigger('click');
  await flushPromises();
  await button('Discard').trigger('click');
  expect(page.get('table[aria-label="Rules"]').text()).toContain('qwen-*');
});

it('a change to an alias stays, and makes way for the alias there is; others are applied', async () => {
  const aliases = [FAST, sampleAlias({ id: 'slow', targets: [sampleTarget({ model: 'groq/llama' })] })];
  const { rpc, page, button, put } = await openRouting({ aliases, rules: RULES, at: '/routing/fast' });
  await button('Move rule 1 of 2').trigger('keydown', { key: 'ArrowDown' });
  await button('Move groq/llama, 1 of 2').trigger('keydown', { key: 'ArrowDown' });
  aliases[0] = { ...FAST, targets: [...FAST.targets, sampleTarget({ model: 'my/own' })] };
  await button('Apply').trigger('click');
  await flushPromises();
  expect(page.text()).toContain(NOTE);
  expect(page.text()).toContain('2 changes not applied');
  await button('Apply').trigger('click');
  await flushPromises();
  expect(named(rpc.calls, 'routing.setRules')).toHaveLength(1);
  expect(put()).toHaveLength(1);
  expect(page.text()).toContain('1 change not applied');
  expect(page.text()).toContain(NOTE);
  expect(button('Apply').attributes('disabled')).toBeDefined();
  await button('Read anew').trigger('click');
  expect(page.text()).not.toContain('not applied');
});

it('an alias gets another name together with what leads to it', async () => {
  const aliases = [
    FAST,
    sampleAlias({ id: 'slow', targets: [sampleTarget({ model: 'fast', alias: true })] }),
  ];
  const { rpc, page, router, button, put } = await openRouting({
    aliases,
    rules: RULES,
    at: '/routing/fast',
  });
  await page.get('section[aria-label="Edit alias"] input').setValue('quick');
  await button('Move rule 1 of 2').trigger('keydown', { key: 'ArrowDown' });
  await router.push('/routing/slow');
  await flushPromises();
  await page.get('[role=combobox]').setValue('my/own');
  await page.get('[role=combobox]').trigger('keydown', { key: 'Enter' });
  await button('Apply').trigger('click');
  await flushPromises();
  // The gateway has written the new name wherever the old one was when the other changes come.
  expect(put()).toMatchObject([
    { was: 'fast', alias: { id: 'quick' } },
    { was: 'slow', seen: { targets: [{ model: 'quick' }] }, alias: { targets: [{ model: 'quick' }, {}] } },
  ]);
  expect(named(rpc.calls, 'routing.setRules')).toMatchObject([
    { seen: [{ then: { model: 'quick' } }, { then: { model: 'quick' } }] },
  ]);
});
