import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import Dialog from './Dialog.vue';
import IconButton from './IconButton.vue';
import Popover from './Popover.vue';

const popover = () =>
  h(
    Popover,
    { label: 'Columns' },
    {
      button: () => h(IconButton, { label: 'Choose columns' }),
      default: () => [h('input'), h(IconButton, { label: 'Earlier' })],
    },
  );
const named = (name: string): HTMLElement => {
  const found = document.querySelector(`button[aria-label="${name}"]`);
  if (!(found instanceof HTMLElement)) throw new Error(`There is no button ${name}.`);
  return found;
};
const panel = (): Element | null => document.querySelector('[role=dialog][aria-label="Columns"]');
const tip = (): Element | null => document.querySelector('[role=tooltip]');
const escape = (): unknown =>
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }),
  );

async function opened(component: ReturnType<typeof defineComponent>): Promise<void> {
  await mountPage({ rpc: createFakeRpc({}), route: { path: '/', component }, at: '/' });
  await flushPromises();
  named('Choose columns').click();
  await expect.poll(() => panel()?.contains(document.activeElement)).toBe(true);
}

it.each(['Earlier', 'Choose columns'])(
  'Escape closes it at once, though the tooltip of its button "%s" is shown',
  async (button) => {
    await opened(defineComponent(() => popover));
    named(button).focus();
    await expect.poll(() => tip()?.textContent).toContain(button);
    escape();
    await expect.poll(() => panel()).toBeNull();
    await expect.poll(() => document.activeElement).toBe(named('Choose columns'));
  },
);

it('Escape leaves the dialog open that it stands in', async () => {
  await opened(defineComponent(() => () => h(Dialog, { title: 'Export', open: true }, popover)));
  const dialog = document.querySelector('[role=dialog]:not([aria-label="Columns"])');
  named('Earlier').focus();
  await expect.poll(() => tip()).not.toBeNull();
  escape();
  await expect.poll(() => panel()).toBeNull();
  expect(dialog?.getAttribute('data-state')).toBe('open');
  escape();
  // Its button has the focus and shows its tooltip: the one press is for that, as everywhere in dialogs.
  await expect.poll(() => tip()).toBeNull();
});

it('a field that uses Escape for itself keeps it', async () => {
  await opened(defineComponent(() => popover));
  const field = panel()?.querySelector('input');
  if (field === null || field === undefined) throw new Error('There is no field.');
  field.addEventListener('keydown', (event) => event.preventDefault());
  field.focus();
  escape();
  await flushPromises();
  expect(panel()).not.toBeNull();
});
