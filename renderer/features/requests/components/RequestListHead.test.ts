import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { createI18n } from 'vue-i18n';
import english from '../../../../resources/locales/en.json';
import type { Column } from '../columns.ts';
import RequestListHead from './RequestListHead.vue';

const COLUMNS: readonly Column[] = ['status', 'client', 'model', 'total', 'chart'];
/** px */
const WIDTH = 600;

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

const head = () =>
  mount(RequestListHead, {
    attachTo: document.body,
    props: { columns: COLUMNS, width: WIDTH, fitting: (column) => (column === 'client' ? 133 : 0) },
    global: { plugins: [createI18n({ legacy: false, locale: 'en', messages: { en: english } })] },
  });
const edge = (page: ReturnType<typeof head>, name: string) =>
  page.get(`[role=separator][aria-label="Width of the column ${name}"]`);
const kept = (): string => localStorage.getItem('switchyard.request-widths') ?? '';

it('moves an edge by arrows, and keeps that', async () => {
  const page = head();
  await edge(page, 'Client').trigger('keydown', { key: 'ArrowRight' });
  await edge(page, 'Client').trigger('keydown', { key: 'ArrowRight', shiftKey: true });
  expect(edge(page, 'Client').attributes('aria-valuenow')).toBe('180');
  expect(kept()).toBe('client:180');
  await edge(page, 'Client').trigger('keydown', { key: 'Home' });
  expect(kept()).toBe('client:48');
  await edge(page, 'Client').trigger('keydown', { key: 'Delete' });
  expect(kept()).toBe('');
});

it('goes no further than the other columns let it', async () => {
  const page = head();
  await edge(page, 'Client').trigger('keydown', { key: 'End' });
  const attributes = edge(page, 'Client').attributes();
  expect(attributes['aria-valuenow']).toBe(attributes['aria-valuemax']);
  expect(kept()).toBe(`client:${attributes['aria-valuemax']}`);
});

it('drags', async () => {
  const page = head();
  const client = edge(page, 'Client');
  await client.trigger('pointerdown', { button: 0, pointerId: 1, clientX: 300 });
  await client.trigger('pointermove', { pointerId: 1, clientX: 320 });
  await client.trigger('pointermove', { pointerId: 1, clientX: 310 });
  await client.trigger('pointerup', { pointerId: 1 });
  await client.trigger('pointermove', { pointerId: 1, clientX: 400 });
  expect(kept()).toBe('client:150');
});

it('fits what is shown by a double click or Enter', async () => {
  const page = head();
  await edge(page, 'Client').trigger('dblclick');
  expect(kept()).toBe('client:133');
  await edge(page, 'Total, s').trigger('keydown', { key: 'Enter' });
  expect(kept()).toBe('client:133,total:44');
});

it('is one stop of Tab; up and down lead from edge to edge, and the list hears none of it', async () => {
  const page = head();
  let heard = 0;
  document.body.addEventListener('keydown', () => (heard += 1));
  expect(page.findAll('[role=separator]')).toHaveLength(4);
  expect(page.findAll('[tabindex="0"]')).toHaveLength(1);
  await edge(page, 'Status').trigger('keydown', { key: 'ArrowDown' });
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Width of the column Client');
  await nextTick();
  expect(edge(page, 'Client').attributes('tabindex')).toBe('0');
  await edge(page, 'Client').trigger('keydown', { key: 'Home' });
  await edge(page, 'Client').trigger('keydown', { key: 'Enter' });
  expect(heard).toBe(0);
});
