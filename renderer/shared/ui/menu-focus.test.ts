import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { defineComponent, h, ref, shallowRef } from 'vue';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import Dialog from './Dialog.vue';
import Menu from './Menu.vue';
import MenuItem from './MenuItem.vue';
import RowMenu from './RowMenu.vue';

/** A menu whose one item opens a dialog. */
function host(of: 'Menu' | 'RowMenu') {
  return defineComponent(() => {
    const open = ref(false);
    const anchor = shallowRef<HTMLElement | null>(null);
    const item = () => h(MenuItem, { onSelect: () => (open.value = true) }, () => 'Edit');
    const press = ({ currentTarget }: Event): void => {
      if (currentTarget instanceof HTMLElement) anchor.value = currentTarget;
    };
    const rowMenu = () => [
      h('button', { onClick: press }, 'More'),
      anchor.value === null
        ? null
        : h(RowMenu, { label: 'More', anchor: anchor.value, onClose: () => (anchor.value = null) }, item),
    ];
    return () =>
      h('div', [
        of === 'Menu' ? h(Menu, null, { button: () => h('button', 'More'), default: item }) : rowMenu(),
        open.value
          ? h(Dialog, { title: 'Edit', open: true, 'onUpdate:open': () => (open.value = false) }, () =>
              h('input'),
            )
          : null,
      ]);
  });
}
const settled = async (): Promise<void> => {
  await flushPromises();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await flushPromises();
};

it.each(['Menu', 'RowMenu'] as const)(
  'a dialog from an item of a %s leads back to its button',
  async (of) => {
    const { page } = await mountPage({
      rpc: createFakeRpc({}),
      route: { path: '/', component: host(of) },
      at: '/',
    });
    const button = page.get('button');
    button.element.focus();
    await button.trigger(of === 'Menu' ? 'keydown' : 'click', { key: 'Enter' });
    await settled();
    const item = document.querySelector('[role=menuitem]');
    if (!(item instanceof HTMLElement)) throw new Error('The menu did not open.');
    item.focus();
    item.click();
    await settled();
    expect(document.activeElement?.tagName).toBe('INPUT');
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled();
    expect(document.querySelector('[role=dialog]')).toBeNull();
    expect(document.activeElement).toBe(button.element);
  },
);
