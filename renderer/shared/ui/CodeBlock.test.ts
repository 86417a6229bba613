import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import { h } from 'vue';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import CodeBlock from './CodeBlock.vue';

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['json', 'Code: json'],
  ['', 'Code'],
])('code in “%s” is named by what it is, not by its button', async (language, name) => {
  const component = { render: () => h(CodeBlock, { code: '{}', language }) };
  const { page } = await mountPage({ rpc: createFakeRpc({}), at: '/', route: { path: '/', component } });
  expect(page.get('figure').attributes('aria-label')).toBe(name);
  page.unmount();
});

it('code in a language that nobody can colour stays as it is', async () => {
  /** What the worker answers where it has no grammar. */
  class Uncoloured extends EventTarget {
    postMessage({ id }: { readonly id: number }): void {
      this.dispatchEvent(new MessageEvent('message', { data: { id, lines: [], last: true } }));
    }
  }
  vi.stubGlobal('Worker', Uncoloured);
  const idle: (() => void)[] = [];
  vi.stubGlobal('requestIdleCallback', (job: () => void) => idle.push(job));
  const component = { render: () => h(CodeBlock, { code: 'set -gx A b', language: 'fish' }) };
  const { page } = await mountPage({ rpc: createFakeRpc({}), at: '/', route: { path: '/', component } });
  for (const job of idle.splice(0)) job();
  await flushPromises();
  expect(page.get('code').text()).toBe('set -gx A b');
  page.unmount();
});
