import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { RuleView } from '../../../contract/rpc/procedures/routing.ts';
import { openRouting } from './testing/routing-page.ts';

const RULE: RuleView = {
  number: 1,
  rule: {
    name: 'Big ones',
    enabled: true,
    when: { model: 'gpt-*', size: { over: 200_000 }, tools: true },
    then: { model: 'fast' },
  },
  hits: 1_234,
  lastHitAt: Date.now() - 2.5 * 3_600_000,
  problem: null,
};
const SECOND: RuleView = {
  number: 2,
  rule: { enabled: true, when: { client: 'laptop' }, then: { model: 'groq/qwen' } },
  hits: 0,
  lastHitAt: null,
  problem: null,
};

describe('rules', () => {
  it('are rows that are called by their names, or by their places', async () => {
    const { page } = await openRouting({ rules: [RULE, SECOND] });
    const heads = page.findAll('table[aria-label="Rules"] tbody th[scope="row"]');
    expect(heads.map((head) => head.attributes('aria-label'))).toEqual(['Rule 1 “Big ones”', 'Rule 2']);
  });

  it('stand in order, with conditions and hits', async () => {
    const { page } = await openRouting({ rules: [RULE, SECOND] });
    const text = page.get('table[aria-label="Rules"]').text();
    for (const part of ['Big ones', 'gpt-*', '200KB', 'tools', '1,234', '2 h ago', 'laptop'])
      expect(text).toContain(part);
    expect(text.indexOf('gpt-*')).toBeLessThan(text.indexOf('laptop'));
  });

  it('are moved by keyboard, the focus with them, and applied as a whole', async () => {
    const { rpc, page, button } = await openRouting({ rules: [RULE, SECOND] });
    const handle = button('Move rule 1 of 2');
    if (handle.element instanceof HTMLElement) handle.element.focus();
    await handle.trigger('keydown', { key: 'ArrowDown' });
    await flushPromises();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Move rule 2 of 2');
    await button('Apply').trigger('click');
    await flushPromises();
    expect(rpc.calls.find(({ name }) => name === 'routing.setRules')?.input).toEqual({
      seen: [RULE.rule, SECOND.rule],
      rules: [
        { was: 2, when: { client: 'laptop' }, then: { model: 'groq/qwen' } },
        {
          was: 1,
          name: 'Big ones',
          when: { model: 'gpt-*', size: { over: '200KB' }, tools: true },
          then: { model: 'fast' },
        },
      ],
    });
    expect(page.text()).not.toContain('not applied');
  });

  it('are switched off and named, and stay in sight', async () => {
    const { rpc, page, button } = await openRouting({ rules: [RULE, SECOND] });
    await page.get('input[aria-label="Use rule 1"]').trigger('click');
    expect(page.text()).toContain('1 change not applied');
    await button('Edit rule 1: send to fast').trigger('click');
    await flushPromises();
    expect(page.text()).toContain('This rule is off');
    await page.get('section[aria-label="Edit rule"] input:not([type=checkbox], [role])').setValue('Large');
    await button('Apply').trigger('click');
    await flushPromises();
    expect(rpc.calls.find(({ name }) => name === 'routing.setRules')?.input).toMatchObject({
      rules: [{ was: 1, name: 'Large', enabled: false }, { was: 2 }],
    });
    expect(page.get('table[aria-label="Rules"]').text()).toContain('gpt-*');
  });

  it('are made, and cannot be applied without a target', async () => {
    const { rpc, page, button } = await openRouting({});
    expect(page.text()).toContain('No rules yet');
    await button('Add rule').trigger('click');
    await flushPromises();
    expect(button('Apply').attributes('disabled')).toBeDefined();
    await page.get('[role=combobox]').setValue('groq/qwen');
    await page.get('[role=combobox]').trigger('keydown', { key: 'Enter' });
    await button('Add header').trigger('click');
    await page.get('input[aria-label="Name of header 1"]').setValue('X-Private');
    expect(page.text()).toContain('Each header needs a name and a value');
    await page.get('input[aria-label="Value of header 1"]').setValue('yes');
    await button('Apply').trigger('click');
    await flushPromises();
    expect(rpc.calls.find(({ name }) => name === 'routing.setRules')?.input).toEqual({
      seen: [],
      rules: [{ when: { header: { 'x-private': 'yes' } }, then: { model: 'groq/qwen' } }],
    });
    expect(page.get('section[aria-label="Edit rule"]').text()).toContain('Rule 1');
  });

  it('are removed, and come back when the change is discarded', async () => {
    const { page, button } = await openRouting({ rules: [RULE], at: '/routing?rule=1' });
    await button('Remove rule').trigger('click');
    expect(page.text()).toContain('No rules yet');
    await button('Discard').trigger('click');
    expect(page.text()).toContain('gpt-*');
  });

  it('keep what was refused, with the reason', async () => {
    const refuse = new RpcError('invalid_input', 'authorization is never looked at.', 'rules');
    const { page, button } = await openRouting({ rules: [RULE, SECOND], refuse });
    await button('Move rule 1 of 2').trigger('keydown', { key: 'ArrowDown' });
    await button('Apply').trigger('click');
    await flushPromises();
    expect(page.text()).toContain('authorization is never looked at.');
    expect(page.text()).toContain('1 change not applied');
  });
});
