import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { refusal, RpcError } from '../../../../contract/rpc/errors.ts';
import { useToasts } from '../../../shared/composables/useToasts.ts';
import { createFakeRpc, type Answers, type FakeRpc } from '../../../testing/fake-rpc.ts';
import { mountPage } from '../../../testing/with-app.ts';
import ConfigTransferItem from './ConfigTransferItem.vue';

async function open(answers: Answers): Promise<{ rpc: FakeRpc }> {
  const rpc = createFakeRpc(answers);
  await mountPage({ rpc, route: { path: '/', name: 'settings', component: ConfigTransferItem }, at: '/' });
  return { rpc };
}
const dialog = (): Element | null => document.querySelector('[role=dialog]');
async function press(words: string, inside: Element | null = document.body): Promise<void> {
  const button = [...(inside?.querySelectorAll('button') ?? [])].find(
    (one) => one.textContent.trim() === words,
  );
  if (button === undefined) throw new Error(`There is no button ${words}.`);
  button.click();
  await flushPromises();
}

describe('a configuration from a file', () => {
  async function choose(content: string): Promise<void> {
    await press('Import');
    const input = document.querySelector('[role=dialog] input[type=file]');
    if (!(input instanceof HTMLInputElement)) throw new Error('There is no field for a file.');
    Object.defineProperty(input, 'files', {
      value: [new File([content], 'theirs.yaml')],
      configurable: true,
    });
    input.dispatchEvent(new Event('change'));
    await flushPromises();
    await flushPromises();
  }
  const plan = { before: 'a: 1\n', after: 'a: 2\n', missing: ['providers[x].keys[k1]'], risks: [] };

  it('shows what changes and what is missing, then applies, and is taken back', async () => {
    const { rpc } = await open({
      'config.plan': () => plan,
      'config.import': () => ({ copy: '/home/me/config.before-import.yaml', missing: plan.missing }),
      'config.undoImport': () => ({ undone: true }),
    });
    await choose('a: 2');
    expect(dialog()?.textContent).toContain('a: 2');
    expect(dialog()?.textContent).toContain('providers[x].keys[k1]');
    expect(rpc.calls.some(({ name }) => name === 'config.import')).toBe(false);
    await press('Apply', dialog());
    expect(rpc.calls).toContainEqual({
      name: 'config.import',
      input: { text: 'a: 2', before: 'a: 1\n' },
    });
    const toast = useToasts().toasts.at(-1);
    expect(toast?.text).toContain('/home/me/config.before-import.yaml');
    toast?.undo?.();
    await flushPromises();
    expect(rpc.calls.at(-1)?.name).toBe('config.undoImport');
  });

  it('tells what it opens and hands over before it can be applied', async () => {
    await open({
      'config.plan': () => ({
        ...plan,
        risks: [
          { kind: 'listens', what: ['0.0.0.0:8000'] },
          { kind: 'keys-elsewhere', what: ['openai: base_url → https://evil.example/v1'] },
        ],
      }),
    });
    await choose('a: 2');
    const told = dialog()?.querySelector('[role=alert]')?.textContent ?? '';
    for (const part of ['trust', 'Other machines', '0.0.0.0:8000', 'https://evil.example/v1']) {
      expect(told).toContain(part);
    }
  });

  it('what makes it none has a line each', async () => {
    const parts = ['one', 'two'].map(
      (message) => ({ code: 'as-said', values: { message }, text: message }) as const,
    );
    const reason = { code: 'listed', values: {}, text: 'one; two', parts } as const;
    await open({
      'config.plan': () => {
        throw refusal('invalid_input', { code: 'change-refused', values: {}, text: 'one; two', reason });
      },
    });
    await choose('a: 2');
    const alert = dialog()?.querySelector('[role=alert]');
    expect([...(alert?.querySelectorAll('li') ?? [])].map((line) => line.textContent)).toEqual([
      'one',
      'two',
    ]);
    expect(alert?.querySelector('button')?.getAttribute('aria-label')).toBe('Copy problems');
  });

  it('is looked at again where the file was changed meanwhile', async () => {
    let before = 'a: 1\n';
    const { rpc } = await open({
      'config.plan': () => ({ before, after: 'a: 2\n', missing: [], risks: [] }),
      'config.import': (input) => {
        if (input.before !== before) throw new RpcError('conflict', 'It was changed meanwhile.');
        return { copy: null, missing: [] };
      },
    });
    await choose('a: 2');
    before = 'a: 3\n';
    await press('Apply', dialog());
    expect(dialog()?.textContent).toContain('It was changed meanwhile.');
    expect(dialog()?.textContent).toContain('a: 3');
    await press('Apply', dialog());
    expect(rpc.calls.at(-1)).toEqual({ name: 'config.import', input: { text: 'a: 2', before: 'a: 3\n' } });
    expect(dialog()).toBeNull();
  });

  it('that is broken is refused in the words of the gateway, and one that changes nothing cannot be applied', async () => {
    const { rpc } = await open({
      'config.plan': ({ text }) => {
        if (text === 'server: [') throw new RpcError('invalid_input', 'line 1: a bracket is not closed.');
        return { before: 'a: 1\n', after: 'a: 1\n', missing: [], risks: [] };
      },
    });
    await choose('server: [');
    expect(dialog()?.textContent).toContain('line 1: a bracket is not closed.');
    await press('Cancel', dialog());
    await choose('a: 1');
    expect(dialog()?.textContent).toContain('Nothing would change.');
    await press('Apply', dialog());
    expect(rpc.calls.some(({ name }) => name === 'config.import')).toBe(false);
  });
});
