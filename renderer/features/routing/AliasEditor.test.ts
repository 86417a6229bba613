import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { sampleAlias, sampleTarget } from '../../testing/samples.ts';
import { FAST, openRouting } from './testing/routing-page.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('the editor', () => {
  it('tells why a target is not ready, and until when', async () => {
    const { page } = await openRouting({ at: '/routing/fast' });
    const text = page.get('section[aria-label="Edit alias"]').text();
    expect(text).toContain('openai: 429 rate limited, “slow down”');
    expect(text).toContain('3:33');
  });

  it('asks again when what cools is over, of which nobody tells', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const aliases = [FAST];
    const { page } = await openRouting({ at: '/routing/fast', aliases });
    const editor = (): string => page.get('section[aria-label="Edit alias"]').text();
    expect(editor()).toContain('429 rate limited');
    aliases[0] = sampleAlias({ ...FAST, targets: [sampleTarget({ model: 'openai/gpt-5' })] });
    await vi.advanceTimersByTimeAsync(213_000);
    expect(editor()).toContain('429 rate limited');
    await vi.advanceTimersByTimeAsync(1_000);
    await flushPromises();
    expect(editor()).not.toContain('429 rate limited');
  });

  it('moves targets by keyboard and applies the new order', async () => {
    const { page, button, put } = await openRouting({ at: '/routing/fast' });
    await button('Move groq/llama, 1 of 2').trigger('keydown', { key: 'ArrowDown' });
    expect(page.text()).toContain('1 change not applied');
    expect(page.text()).toContain('groq/llama is now 2 of 2');
    await button('Apply').trigger('click');
    await flushPromises();
    expect(put()).toEqual([
      {
        was: 'fast',
        seen: { strategy: 'priority', targets: [{ model: 'groq/llama' }, { model: 'openai/gpt-5' }] },
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
    const { button } = await openRouting({ at: '/routing/fast' });
    const handle = button(before);
    if (handle.element instanceof HTMLElement) handle.element.focus();
    await handle.trigger('keydown', { key });
    await flushPromises();
    expect(document.activeElement?.getAttribute('aria-label')).toBe(after);
  });

  it('finds a model to add, and takes a name nobody lists', async () => {
    const { page, button, put } = await openRouting({ at: '/routing/fast' });
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
    const { page, router, button, put } = await openRouting({ at: '/routing/fast' });
    await page.get('input').setValue('quick');
    await button('Apply').trigger('click');
    await flushPromises();
    expect(put()).toMatchObject([{ was: 'fast', alias: { id: 'quick' } }]);
    await expect.poll(() => router.currentRoute.value.params['id']).toBe('quick');
  });

  it('removes only when applied, and can keep it instead', async () => {
    const { rpc, page, button } = await openRouting({ at: '/routing/fast' });
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
    const { page, button } = await openRouting({ at: '/routing/fast', refuse });
    await page.get('input').setValue('quick');
    await button('Apply').trigger('click');
    await flushPromises();
    expect(page.text()).toContain('Not everything was applied. quick is taken.');
    expect(page.text()).toContain('1 change not applied');
    await button('Discard').trigger('click');
    expect(page.text()).not.toContain('quick');
  });

  it('shows a model of the file, and leaves it alone', async () => {
    const { page } = await openRouting({
      aliases: [sampleAlias({ id: 'm', kind: 'manual' })],
      at: '/routing/m',
    });
    expect(page.text()).toContain('It is changed there.');
    expect(page.find('[role=combobox]').exists()).toBe(false);
  });

  it('begins a new alias in its name, and finds no fault before something is written', async () => {
    const { page, button } = await openRouting({});
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
    const { page, button } = await openRouting({ at: '/routing/fast' });
    await page.get('input').setValue(' ');
    expect(button('Apply').attributes('disabled')).toBeDefined();
  });
});

describe('strategies', () => {
  it('sends weights, and says what is wrong with one', async () => {
    const { page, button, put } = await openRouting({ at: '/routing/fast' });
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
    const { page, button, put } = await openRouting({ at: '/routing/fast' });
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
