import { enableAutoUnmount, flushPromises, type DOMWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { AliasView } from '../../../contract/rpc/procedures/aliases.ts';
import type { Explanation, RuleView } from '../../../contract/rpc/procedures/routing.ts';
import { ruleSchema } from '../../../contract/config/routing.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleAlias, sampleCatalogue, sampleModel, sampleTarget } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';

const route = { path: '/routing/:id?', name: 'routing', component: Page };
const settings = { path: '/settings/:section?', name: 'settings', component: { render: () => null } };
afterEach(() => {
  document.body.replaceChildren();
});
enableAutoUnmount(afterEach);

const FAST = sampleAlias({
  id: 'fast',
  isDefault: true,
  hits: 0,
  lastHitAt: null,
  targets: [
    sampleTarget({ model: 'groq/llama', provider: 'groq' }),
    sampleTarget({
      model: 'openai/gpt-5',
      state: 'cooling',
      problem: 'keys_cooling',
      because: { reason: 'rate_limited', status: 429, message: 'slow down' },
      coolingFor: 213_000,
    }),
  ],
});

const withoutWas = (rule: object): object =>
  Object.fromEntries(Object.entries(rule).filter(([name]) => name !== 'was'));

async function setUp(options: {
  aliases?: AliasView[];
  rules?: readonly RuleView[];
  explanation?: Explanation;
  at?: string;
  refuse?: RpcError;
}) {
  let rules = options.rules ?? [];
  const aliases = options.aliases ?? [FAST];
  const rpc = createFakeRpc({
    'aliases.list': () => [...aliases],
    'routing.rules': () => rules,
    'routing.setRules': (input) => {
      if (options.refuse !== undefined) throw options.refuse;
      rules = input.rules.map((given, index) => ({
        number: index + 1,
        rule: ruleSchema.parse(withoutWas(given)),
        hits: 0,
        lastHitAt: null,
        problem: null,
      }));
      return rules;
    },
    'routing.explain': () =>
      options.explanation ?? Promise.reject(new RpcError('invalid_input', 'No request.', 'body')),
    'aliases.put': ({ was, alias }) => {
      if (options.refuse !== undefined) throw options.refuse;
      const made = sampleAlias({
        id: alias.id,
        targets: alias.targets.map((target) => sampleTarget(target)),
      });
      const place = aliases.findIndex(({ id }) => id === (was ?? alias.id));
      if (place === -1) aliases.push(made);
      else aliases[place] = made;
      return made;
    },
    'aliases.remove': ({ id }) => {
      aliases.splice(
        aliases.findIndex((alias) => alias.id === id),
        1,
      );
      return { undo: 'u1' };
    },
    'models.list': () =>
      sampleCatalogue([sampleModel(), sampleModel({ id: 'groq/qwen' })], { aliases: ['fast'] }),
  });
  const { page, router } = await mountPage({ rpc, route, others: [settings], at: options.at ?? '/routing' });
  await flushPromises();
  const button = (name: string): DOMWrapper<Element> => {
    const found = page
      .findAll('button')
      .find((one) => one.text() === name || one.attributes('aria-label') === name);
    if (found === undefined) throw new Error(`There is no button ${name}.`);
    return found;
  };
  const put = () => rpc.calls.filter(({ name }) => name === 'aliases.put').map(({ input }) => input);
  return { rpc, page, router, button, put };
}

describe('the list', () => {
  it('shows every alias with its targets in order and their state', async () => {
    const { page } = await setUp({ aliases: [FAST, sampleAlias({ id: 'gpt-5', shadows: 'openai' })] });
    const text = page.get('table').text();
    expect(text).toContain('fast');
    expect(text).toContain('default');
    expect(text.indexOf('llama')).toBeLessThan(text.indexOf('gpt-5'));
    expect(text).toContain('Cooling');
    expect(text).toContain('Hides a model of the same name');
  });

  it('says what an alias is while there is none', async () => {
    const { page, button } = await setUp({ aliases: [] });
    expect(page.text()).toContain('No aliases yet');
    await button('Add alias').trigger('click');
    await flushPromises();
    expect(page.text()).toContain('What a tool asks for as its model.');
  });
});

describe('the editor', () => {
  it('tells why a target is not ready, and until when', async () => {
    const { page } = await setUp({ at: '/routing/fast' });
    const text = page.get('section[aria-label="Edit alias"]').text();
    expect(text).toContain('openai: 429 rate limited, “slow down”');
    expect(text).toContain('3:33');
  });

  it('moves targets by keyboard and applies the new order', async () => {
    const { page, button, put } = await setUp({ at: '/routing/fast' });
    await button('Move groq/llama, 1 of 2').trigger('keydown', { key: 'ArrowDown' });
    expect(page.text()).toContain('1 change not applied');
    expect(page.text()).toContain('groq/llama is now 2 of 2');
    await button('Apply').trigger('click');
    await flushPromises();
    expect(put()).toEqual([
      {
        was: 'fast',
        alias: {
          id: 'fast',
          strategy: 'priority',
          targets: [{ model: 'openai/gpt-5' }, { model: 'groq/llama' }],
        },
      },
    ]);
    expect(page.text()).not.toContain('not applied');
  });

  it.each([
    ['ArrowDown', 'Move groq/llama, 1 of 2', 'Move groq/llama, 2 of 2'],
    ['ArrowUp', 'Move openai/gpt-5, 2 of 2', 'Move openai/gpt-5, 1 of 2'],
  ])('keeps the focus on the handle that moved with %s', async (key, before, after) => {
    const { button } = await setUp({ at: '/routing/fast' });
    const handle = button(before);
    if (handle.element instanceof HTMLElement) handle.element.focus();
    await handle.trigger('keydown', { key });
    await flushPromises();
    expect(document.activeElement?.getAttribute('aria-label')).toBe(after);
  });

  it('finds a model to add, and takes a name nobody lists', async () => {
    const { page, button, put } = await setUp({ at: '/routing/fast' });
    const search = page.get('[role=combobox]');
    await search.trigger('focus');
    await flushPromises();
    expect(page.findAll('[role=option]').map((option) => option.text())).toEqual(['groq/qwen']);
    await search.setValue('qwen');
    await search.trigger('keydown', { key: 'Enter' });
    await search.setValue('my/own');
    await search.trigger('keydown', { key: 'Enter' });
    await button('Apply').trigger('click');
    await flushPromises();
    const [sent] = put();
    expect(JSON.stringify(sent)).toContain('"groq/qwen"},{"model":"my/own"}');
  });

  it('renames, and follows the alias to its new name', async () => {
    const { page, router, button, put } = await setUp({ at: '/routing/fast' });
    await page.get('input').setValue('quick');
    await button('Apply').trigger('click');
    await flushPromises();
    expect(put()).toMatchObject([{ was: 'fast', alias: { id: 'quick' } }]);
    await expect.poll(() => router.currentRoute.value.params['id']).toBe('quick');
  });

  it('removes only when applied, and can keep it instead', async () => {
    const { rpc, page, button } = await setUp({ at: '/routing/fast' });
    await button('Remove alias').trigger('click');
    expect(page.text()).toContain('fast is removed when you apply.');
    await button('Keep it').trigger('click');
    expect(page.text()).not.toContain('not applied');
    await button('Remove alias').trigger('click');
    await button('Apply').trigger('click');
    await flushPromises();
    expect(rpc.calls.some(({ name }) => name === 'aliases.remove')).toBe(true);
    expect(page.text()).toContain('No aliases yet');
  });

  it('keeps a change that was refused, with the reason', async () => {
    const refuse = new RpcError('conflict', 'quick is taken.', 'alias.id');
    const { page, button } = await setUp({ at: '/routing/fast', refuse });
    await page.get('input').setValue('quick');
    await button('Apply').trigger('click');
    await flushPromises();
    expect(page.text()).toContain('Not everything was applied. quick is taken.');
    expect(page.text()).toContain('1 change not applied');
    await button('Discard').trigger('click');
    expect(page.text()).not.toContain('quick');
  });

  it('shows a model of the file, and leaves it alone', async () => {
    const { page } = await setUp({ aliases: [sampleAlias({ id: 'm', kind: 'manual' })], at: '/routing/m' });
    expect(page.text()).toContain('It is changed there.');
    expect(page.find('[role=combobox]').exists()).toBe(false);
  });

  it('begins a new alias in its name, and finds no fault before something is written', async () => {
    const { page, button } = await setUp({});
    await button('Add alias').trigger('click');
    await flushPromises();
    const name = page.get('input');
    expect(document.activeElement).toBe(name.element);
    expect(name.attributes('aria-invalid')).toBe('false');
    expect(page.find('[role=alert]').exists()).toBe(false);
    expect(button('Apply').attributes('disabled')).toBeDefined();
    await name.setValue('quick');
    expect(page.text()).toContain('Add at least one target');
  });

  it('applies nothing while a draft has a fault', async () => {
    const { page, button } = await setUp({ at: '/routing/fast' });
    await page.get('input').setValue(' ');
    expect(button('Apply').attributes('disabled')).toBeDefined();
  });
});

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

describe('strategies', () => {
  it('sends weights, and says what is wrong with one', async () => {
    const { page, button, put } = await setUp({ at: '/routing/fast' });
    await page.get('select').setValue('weighted');
    const weight = page.get('input[aria-label="Weight of groq/llama"]');
    await weight.setValue('-1');
    expect(page.text()).toContain('A number above 0, up to 1000');
    expect(button('Apply').attributes('disabled')).toBeDefined();
    await weight.setValue('3');
    await button('Apply').trigger('click');
    await flushPromises();
    expect(put()).toMatchObject([
      {
        alias: {
          strategy: 'weighted',
          targets: [{ model: 'groq/llama', weight: 3 }, { model: 'openai/gpt-5' }],
        },
      },
    ]);
  });

  it('sends levels and ranges of complexity', async () => {
    const { page, button, put } = await setUp({ at: '/routing/fast' });
    await page.get('select').setValue('complexity');
    await page.get('select[aria-label="Complexity that groq/llama is for"]').setValue('low');
    await page.get('select[aria-label="Complexity that openai/gpt-5 is for"]').setValue('own');
    await page.get('input[aria-label="Lowest score for openai/gpt-5"]').setValue('0.4');
    await button('Apply').trigger('click');
    await flushPromises();
    expect(put()).toMatchObject([
      {
        alias: {
          strategy: 'complexity',
          targets: [
            { model: 'groq/llama', level: 'low' },
            { model: 'openai/gpt-5', from: 0.4 },
          ],
        },
      },
    ]);
  });
});

describe('rules', () => {
  it('are rows that are called by their names, or by their places', async () => {
    const { page } = await setUp({ rules: [RULE, SECOND] });
    const heads = page.findAll('table[aria-label="Rules"] tbody th[scope="row"]');
    expect(heads.map((head) => head.attributes('aria-label'))).toEqual(['Rule 1 “Big ones”', 'Rule 2']);
  });

  it('stand in order, with conditions and hits', async () => {
    const { page } = await setUp({ rules: [RULE, SECOND] });
    const text = page.get('table[aria-label="Rules"]').text();
    for (const part of ['Big ones', 'gpt-*', '200KB', 'tools', '1,234', '2 h ago', 'laptop'])
      expect(text).toContain(part);
    expect(text.indexOf('gpt-*')).toBeLessThan(text.indexOf('laptop'));
  });

  it('are moved by keyboard, the focus with them, and applied as a whole', async () => {
    const { rpc, page, button } = await setUp({ rules: [RULE, SECOND] });
    const handle = button('Move rule 1 of 2');
    if (handle.element instanceof HTMLElement) handle.element.focus();
    await handle.trigger('keydown', { key: 'ArrowDown' });
    await flushPromises();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Move rule 2 of 2');
    await button('Apply').trigger('click');
    await flushPromises();
    expect(rpc.calls.find(({ name }) => name === 'routing.setRules')?.input).toEqual({
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
    const { rpc, page, button } = await setUp({ rules: [RULE, SECOND] });
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
    const { rpc, page, button } = await setUp({});
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
      rules: [{ when: { header: { 'x-private': 'yes' } }, then: { model: 'groq/qwen' } }],
    });
    expect(page.get('section[aria-label="Edit rule"]').text()).toContain('Rule 1');
  });

  it('are removed, and come back when the change is discarded', async () => {
    const { page, button } = await setUp({ rules: [RULE], at: '/routing?rule=1' });
    await button('Remove rule').trigger('click');
    expect(page.text()).toContain('No rules yet');
    await button('Discard').trigger('click');
    expect(page.text()).toContain('gpt-*');
  });

  it('keep what was refused, with the reason', async () => {
    const refuse = new RpcError('invalid_input', 'authorization is never looked at.', 'rules');
    const { page, button } = await setUp({ rules: [RULE, SECOND], refuse });
    await button('Move rule 1 of 2').trigger('keydown', { key: 'ArrowDown' });
    await button('Apply').trigger('click');
    await flushPromises();
    expect(page.text()).toContain('authorization is never looked at.');
    expect(page.text()).toContain('1 change not applied');
  });
});

const EXPLANATION: Explanation = {
  modelAsked: 'fast',
  rules: [
    { number: 1, name: 'Private', model: 'x', verdict: 'condition-fails', condition: 'client' },
    { number: 2, name: null, model: 'fast', verdict: 'applies', condition: null },
  ],
  aliases: [
    {
      alias: 'fast',
      strategy: 'cheapest',
      order: [
        { model: 'groq/llama', because: 'price', figure: 0.0012 },
        { model: 'openai/gpt-5', because: 'no-price', figure: null },
      ],
    },
  ],
  complexity: { score: 0.42, parts: { length: 0.1, reasoning: 0.35 } },
  tokens: 1_200,
  kept: null,
  places: [
    {
      provider: 'groq',
      model: 'llama',
      usable: false,
      keys: [
        {
          id: 'a',
          label: 'main',
          fingerprint: '…a1b2',
          state: 'cooling',
          wait: 61_000,
          because: { reason: 'rate_limited', status: 429, message: 'slow down' },
        },
      ],
    },
    {
      provider: 'openai',
      model: 'gpt-5',
      usable: true,
      keys: [{ id: 'b', label: 'team', fingerprint: '…c3d4', state: 'ready', wait: 0, because: null }],
    },
  ],
  excluded: [
    { kind: 'target', alias: 'fast', model: 'off/z', problem: 'provider_off' },
    { kind: 'key', provider: 'groq', model: 'llama', key: 'old', problem: 'disabled' },
  ],
  budgets: [],
  guards: [
    { number: 1, name: 'mail', action: 'mask' },
    { number: 2, name: null, action: 'warn' },
  ],
  client: null,
  error: null,
};

describe('explain', () => {
  it('asks with what is typed and tells every step', async () => {
    const { rpc, page } = await setUp({ at: '/routing?explain=1', explanation: EXPLANATION });
    const pane = page.get('section[aria-label="Explain a request"]');
    expect(pane.text()).toContain('Where would it go?');
    const [body, headers] = pane.findAll('textarea');
    await pane.get('input').setValue('fast');
    await pane.get('select').setValue('anthropic-messages');
    await body?.setValue('{"messages":[]}');
    await headers?.setValue('X-Team: red\nnothing');
    await pane.get('form').trigger('submit');
    await flushPromises();
    expect(rpc.calls.find(({ name }) => name === 'routing.explain')?.input).toEqual({
      format: 'anthropic-messages',
      model: 'fast',
      body: '{"messages":[]}',
      headers: { 'x-team': 'red' },
    });
    const text = pane.text();
    for (const part of [
      'Goes to openai, gpt-5',
      'Rule 1 “Private” does not hold: client',
      'Rule 2 applies: send to fast',
      'groq/llama would cost $0.0012',
      'openai/gpt-5 no price known, so last',
      'Complexity 0.42',
      'passed over',
      '1:01',
      '429 rate limited, “slow down”',
      'off is switched off.',
      'Key old of groq It is switched off.',
      'mail Matched: what it finds would be masked.',
      'Pattern 2 Matched: only a warning is noted.',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('tells what the client would be told', async () => {
    const error = { code: 'model_not_found', message: 'There is no model x.' };
    const { page } = await setUp({
      at: '/routing?explain=1',
      explanation: { ...EXPLANATION, places: [], error },
    });
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(page.text()).toContain('There is no model x.');
  });

  it('tells what is wrong with the request', async () => {
    const { page } = await setUp({ at: '/routing?explain=1' });
    await page.get('form').trigger('submit');
    await flushPromises();
    expect(page.text()).toContain('No request.');
  });
});
