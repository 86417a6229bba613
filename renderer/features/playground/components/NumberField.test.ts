import { expect, it } from 'vitest';
import { h, ref } from 'vue';
import { createFakeRpc } from '../../../testing/fake-rpc.ts';
import { mountPage } from '../../../testing/with-app.ts';
import type { NumberParameter } from '../parameters.ts';
import NumberField from './NumberField.vue';

const parameter: NumberParameter = {
  name: 'maxTokens',
  wire: ['max_tokens'],
  least: 1,
  most: 4_096,
  whole: true,
  step: undefined,
};

async function show(first: number | undefined) {
  const value = ref(first);
  const component = {
    render: () =>
      h(NumberField, {
        parameter,
        label: 'Limit',
        modelValue: value.value,
        'onUpdate:modelValue': (next: number | undefined) => {
          value.value = next;
        },
      }),
  };
  const { page } = await mountPage({ rpc: createFakeRpc({}), route: { path: '/', component }, at: '/' });
  const field = page.get<HTMLInputElement>('input');
  /** As by keyboard, one character after the other. */
  async function type(text: string): Promise<void> {
    for (let end = 1; end <= text.length; end += 1) await field.setValue(text.slice(0, end));
  }
  return { value, field, type, page };
}

it('sends nothing of a number that is refused, neither its beginning nor the one before', async () => {
  const { value, field, type, page } = await show(500);
  await type('8000');
  expect(field.element.value).toBe('8000');
  expect(page.text()).toContain('4,096');
  expect(value.value).toBeUndefined();
  await type('800');
  expect(value.value).toBe(800);
  expect(page.text()).not.toContain('4,096');
});

it('leaves what is being typed as it stands', async () => {
  const { value, field, type } = await show(undefined);
  await type('12.');
  expect(field.element.value).toBe('12.');
  expect(value.value).toBe(12);
});
