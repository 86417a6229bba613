import { flushPromises, type DOMWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { AliasView } from '../../../contract/rpc/procedures/aliases.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleAlias, sampleCatalogue, sampleModel, sampleTarget } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import Page from './Page.vue';

const route = { path: '/routing/:id?', name: 'routing', component: Page };
const settings = { path: '/settings/:section?', name: 'settings', component: { render: () => null } };
afterEach(() => {
  document.body.replaceChildren();
});

const FAST = sampleAlias({
  id: 'fast',
  isDefault: true,
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

async function setUp(options: { aliases?: AliasView[]; at?: string; refuse?: RpcError }) {
  const aliases = options.aliases ?? [FAST];
  const rpc = createFakeRpc({
    'aliases.list': () => [...aliases],
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
      return null;
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
      { was: 'fast', alias: { id: 'fast', targets: [{ model: 'openai/gpt-5' }, { model: 'groq/llama' }] } },
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
