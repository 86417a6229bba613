import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { sampleAlias } from '../../testing/samples.ts';
import { FAST, openRouting } from './testing/routing-page.ts';

describe('the list', () => {
  it('shows every alias with its targets in order and their state', async () => {
    const { page } = await openRouting({ aliases: [FAST, sampleAlias({ id: 'gpt-5', shadows: 'openai' })] });
    const text = page.get('table').text();
    expect(text).toContain('fast');
    expect(text).toContain('default');
    expect(text.indexOf('llama')).toBeLessThan(text.indexOf('gpt-5'));
    expect(text).toContain('Cooling');
    expect(text).toContain('Hides a model of the same name');
  });

  it('says what an alias is while there is none', async () => {
    const { page, button } = await openRouting({ aliases: [] });
    expect(page.text()).toContain('No aliases yet');
    await button('Add alias').trigger('click');
    await flushPromises();
    expect(page.text()).toContain('What a tool asks for as its model.');
  });
});
