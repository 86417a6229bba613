import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { useToasts } from '../../../shared/composables/useToasts.ts';
import { Cancelled } from '../../../shared/rpc/rpc.ts';
import { createFakeSettings } from '../testing/fake-settings.ts';
import { dialog, open, press, row } from '../testing/settings-page.ts';

it('emptying a large log tells how far it is, and is stopped on the way', async () => {
  const { page } = await open(createFakeSettings(), '/settings/requests', {
    'requests.clear': (_, tell, signal) => {
      tell({ deleted: 1_500 });
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Cancelled()));
      });
    },
  });
  await press('Delete requests', row(page, 'requests.clear').element);
  await press('Delete requests', dialog());
  expect(dialog()?.querySelector('[role=status]')?.textContent).toContain('1,500 deleted so far');
  await press('Stop', dialog());
  await flushPromises();
  expect(dialog()).toBeNull();
  expect(useToasts().toasts.at(-1)).toMatchObject({
    kind: 'ok',
    title: 'Stopped; 1,500 requests had been deleted',
  });
});

it('what went is told at the end', async () => {
  const { page } = await open(createFakeSettings(), '/settings/requests', {
    'requests.clear': () => ({ deleted: 1 }),
  });
  await press('Delete requests', row(page, 'requests.clear').element);
  await press('Delete requests', dialog());
  expect(dialog()).toBeNull();
  expect(useToasts().toasts.at(-1)?.title).toBe('1 request deleted');
});
