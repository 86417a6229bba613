import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import SuggestInput from './components/SuggestInput.vue';

const names = Array.from({ length: 5_000 }, (_, index) => `model-${index}`);
const offered = (): number => document.querySelectorAll('datalist option').length;

it('names are offered once somebody comes to the field, and never all of thousands', async () => {
  const input = mount(SuggestInput, { attachTo: document.body, props: { names, modelValue: '' } });
  expect(offered()).toBe(0);
  await input.get('input').trigger('focus');
  expect(offered()).toBe(50);
  await input.setProps({ modelValue: 'model-499' });
  expect(offered()).toBe(11);
});
