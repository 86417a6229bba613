import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { defineComponent, nextTick, ref, useTemplateRef } from 'vue';
import { useFocusBack } from './useFocusBack.ts';

const Page = defineComponent({
  setup() {
    const open = ref(false);
    const gone = ref(false);
    const part = useTemplateRef<HTMLElement>('part');
    useFocusBack(part, () => open.value);
    return { open, gone };
  },
  template: `
    <button v-if="!gone" id="opener" />
    <button id="beside" />
    <section v-if="open" ref="part"><button id="inside" /></section>`,
});

/** Opens the part with one control and puts the focus on another. */
async function opened(opener: string, then: string) {
  document.body.innerHTML = '<div id="app"></div><dialog open><button id="over"></button></dialog>';
  const page = mount(Page, { attachTo: '#app' });
  document.getElementById(opener)?.focus();
  page.vm.open = true;
  await nextTick();
  document.getElementById(then)?.focus();
  return {
    page,
    close: async () => {
      page.vm.open = false;
      await nextTick();
      await nextTick();
      return document.activeElement?.id;
    },
  };
}

it('gives the focus of what closes back to what opened it', async () => {
  const { close } = await opened('opener', 'inside');
  expect(await close()).toBe('opener');
});

it('gives it to what was used beside it last', async () => {
  const { close } = await opened('opener', 'beside');
  document.getElementById('inside')?.focus();
  expect(await close()).toBe('beside');
});

it('forgets a dialog over the page', async () => {
  const { close } = await opened('opener', 'over');
  document.getElementById('inside')?.focus();
  expect(await close()).toBe('opener');
});

it('takes it from nobody who is elsewhere', async () => {
  const { close } = await opened('opener', 'beside');
  expect(await close()).toBe('beside');
});

it('leaves it to others where what opened it is gone', async () => {
  const { page, close } = await opened('opener', 'inside');
  page.vm.gone = true;
  expect(await close()).toBe('');
});
