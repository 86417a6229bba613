import { mount, type VueWrapper } from '@vue/test-utils';
import { expect, it } from 'vitest';
import SuggestInput from './components/SuggestInput.vue';

const names = Array.from({ length: 5_000 }, (_, index) => `model-${index}`);
const offered = (input: VueWrapper): number => input.findAll('datalist option').length;

it('names are offered once somebody comes to the field, and never all of thousands', async () => {
  const input = mount(SuggestInput, { props: { names, modelValue: '' } });
  expect(offered(input)).toBe(0);
  await input.get('input').trigger('focus');
  expect(offered(input)).toBe(50);
  await input.setProps({ modelValue: 'model-499' });
  expect(offered(input)).toBe(11);
});
