import { mount } from '@vue/test-utils';
import { expect, it, vi } from 'vitest';
import Button from './Button.vue';

function pressed(busy: boolean) {
  const press = vi.fn<() => void>();
  const submit = vi.fn<(event: Event) => void>((event) => event.preventDefault());
  const form = document.createElement('form');
  form.addEventListener('submit', submit);
  document.body.append(form);
  const button = mount(Button, {
    attachTo: form,
    props: { type: 'submit' as const, busy },
    attrs: { onClick: press },
  });
  const { element } = button;
  if (!(element instanceof HTMLButtonElement)) throw new Error('No button');
  element.focus();
  element.click();
  return { button, element, press, submit };
}

it('does what it says', () => {
  const { press, submit } = pressed(false);
  expect(press).toHaveBeenCalledOnce();
  expect(submit).toHaveBeenCalledOnce();
});

it('takes no second press while it is busy, and keeps the focus', () => {
  const { element, press, submit } = pressed(true);
  expect(press).not.toHaveBeenCalled();
  expect(submit).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(element);
  expect(element.disabled).toBe(false);
  expect(element.getAttribute('aria-disabled')).toBe('true');
});

it('becomes busy without losing the focus', async () => {
  const { button, element } = pressed(false);
  await button.setProps({ busy: true });
  expect(document.activeElement).toBe(element);
});
