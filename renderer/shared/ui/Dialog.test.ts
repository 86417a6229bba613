import { flushPromises, mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { createI18n } from 'vue-i18n';
import { defineComponent, ref } from 'vue';
import Dialog from './Dialog.vue';

const Host = defineComponent({
  components: { OurDialog: Dialog },
  props: { keep: Boolean },
  setup: () => ({ open: ref(true) }),
  template: '<OurDialog v-model:open="open" title="Add" :keep="keep"><input /></OurDialog>',
});
const shown = (): Element | null => document.querySelector('[role=dialog]');

async function open(keep = false): Promise<void> {
  const i18n = createI18n({ legacy: false, locale: 'en', missingWarn: false, fallbackWarn: false });
  mount(Host, { props: { keep }, attachTo: document.body, global: { plugins: [i18n] } });
  await flushPromises();
  // The dialog listens for presses beside it from the next task on.
  await new Promise((resolve) => setTimeout(resolve));
}
async function pressBeside(): Promise<void> {
  document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, pointerType: 'mouse' }));
  await flushPromises();
}

it('closes with a press beside it', async () => {
  await open();
  await pressBeside();
  expect(shown()).toBeNull();
});

it('stays when something was typed, until it is closed on purpose', async () => {
  await open();
  const input = shown()?.querySelector('input');
  input?.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await pressBeside();
  expect(shown()).not.toBeNull();
  input?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  await flushPromises();
  expect(shown()).toBeNull();
});

it('that shows what is not seen again closes by its buttons alone', async () => {
  await open(true);
  await pressBeside();
  expect(shown()).not.toBeNull();
  shown()
    ?.querySelector('input')
    ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
  await flushPromises();
  expect(shown()).not.toBeNull();
  shown()?.querySelector('button')?.click();
  await flushPromises();
  expect(shown()).toBeNull();
});
