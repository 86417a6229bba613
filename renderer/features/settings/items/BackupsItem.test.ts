import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { RpcError } from '../../../../contract/rpc/errors.ts';
import type { BackupFile, BackupState } from '../../../../contract/rpc/procedures/backup.ts';
import { Cancelled } from '../../../shared/rpc/rpc.ts';
import type { Desktop } from '../../../shared/rpc/desktop.ts';
import { useToasts } from '../../../shared/composables/useToasts.ts';
import { createFakeDesktop } from '../../../testing/fake-desktop.ts';
import { createFakeRpc, type Answers, type FakeRpc } from '../../../testing/fake-rpc.ts';
import { mountPage } from '../../../testing/with-app.ts';
import BackupsItem from './BackupsItem.vue';

const file = (more: Partial<BackupFile> = {}): BackupFile => ({
  name: 'switchyard-2026-11-26T09-00-00.swbackup',
  bytes: 61_200,
  created: Date.UTC(2026, 10, 26, 9),
  app: '0.1.0',
  history: true,
  sealed: false,
  scheduled: false,
  ...more,
});
const state = (more: Partial<BackupState> = {}): BackupState => ({
  folder: '/data/backups',
  backups: [file()],
  waiting: null,
  problem: null,
  ...more,
});

async function open(answers: Answers = {}, desktop?: Desktop): Promise<{ page: VueWrapper; rpc: FakeRpc }> {
  const rpc = createFakeRpc({ 'backup.state': () => state(), ...answers });
  const route = { path: '/', name: 'settings', component: BackupsItem };
  const { page } = await mountPage({ rpc, route, at: '/', ...(desktop && { desktop }) });
  await flushPromises();
  return { page, rpc };
}

const dialog = (): Element => {
  const found = document.querySelector('[role=dialog], [role=alertdialog]');
  if (found === null) throw new Error('No dialog is open.');
  return found;
};
async function press(words: string, inside: Element = document.body): Promise<void> {
  const button = [...inside.querySelectorAll('button')].find((one) => one.textContent.trim() === words);
  if (button === undefined) throw new Error(`There is no button ${words}.`);
  button.click();
  await flushPromises();
}
async function type(at: number, text: string): Promise<void> {
  const input = dialog().querySelectorAll('input[type=password]')[at];
  if (!(input instanceof HTMLInputElement)) throw new Error('There is no such field.');
  input.value = text;
  input.dispatchEvent(new Event('input'));
  await flushPromises();
}
async function toggle(at: number): Promise<void> {
  const input = dialog().querySelectorAll('input[role=switch]')[at];
  if (!(input instanceof HTMLInputElement)) throw new Error('There is no such switch.');
  input.click();
  await flushPromises();
}

describe('back-ups', () => {
  it('are listed with date, size and what they hold, and why one that was due is missing', async () => {
    const problem = { code: 'disk-full', values: {}, text: 'ENOSPC' } as const;
    const { page } = await open({
      'backup.state': () => state({ backups: [file({ sealed: true })], problem }),
    });
    expect(page.text()).toContain('Nov 26, 2026');
    expect(page.text()).toContain('61.2 KB');
    expect(page.text()).toContain('With keys');
    expect(page.get('[role=alert]').text()).toContain('the disk is full');
  });

  it('are made with history and without keys, unless a passphrase is given twice', async () => {
    const { rpc } = await open({ 'backup.create': () => file() });
    await press('Back up now');
    await press('Back up now', dialog());
    expect(rpc.calls).toContainEqual({ name: 'backup.create', input: { history: true } });

    await press('Back up now');
    await toggle(0);
    await toggle(1);
    await type(0, 'correct horse battery');
    await press('Back up now', dialog());
    expect(rpc.calls.filter(({ name }) => name === 'backup.create')).toHaveLength(1);
    await type(1, 'correct horse battery');
    await press('Back up now', dialog());
    expect(rpc.calls).toContainEqual({
      name: 'backup.create',
      input: { history: false, passphrase: 'correct horse battery' },
    });
  });

  it('say how far they are while they are made, and can be stopped', async () => {
    const { page } = await open({
      'backup.create': (_, tell, signal) => {
        tell(0.4);
        return new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Cancelled()));
        });
      },
    });
    await press('Back up now');
    await press('Back up now', dialog());
    expect(dialog().querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')).toBe('40');
    await press('Cancel', dialog());
    expect(document.querySelector('[role=progressbar]')).toBeNull();
    expect(page.find('[role=alert]').exists()).toBe(false);
  });

  it('are restored after a question, with the passphrase where there is one, by the next start', async () => {
    const { rpc, page } = await open({
      'backup.state': () => state({ backups: [file({ sealed: true })], waiting: { created: 0 } }),
      'backup.restore': ({ passphrase }) => {
        if (passphrase !== 'right one here') throw new RpcError('invalid_input', 'It does not open.');
        return { created: 0, app: '0.1.0', history: true, secrets: 1, hidden: false };
      },
      'backup.keepCurrent': () => state(),
    });
    await press('Restore');
    await type(0, 'wrong');
    await press('Restore', dialog());
    expect(dialog().querySelector('[role=alert]')?.textContent).toContain('It does not open.');
    await type(0, 'right one here');
    await press('Restore', dialog());
    expect(rpc.calls.filter(({ name }) => name === 'backup.restore')).toHaveLength(2);
    expect(page.text()).toContain('is restored with the next start');
    await press('Do not restore');
    expect(page.text()).not.toContain('is restored with the next start');
    expect(useToasts().toasts.at(-1)?.title).toBe('Nothing is restored with the next start');
  });

  it('are deleted after a question', async () => {
    const { rpc, page } = await open({ 'backup.remove': () => state({ backups: [] }) });
    await page.get('button[aria-label^="Delete"]').trigger('click');
    await flushPromises();
    await press('Delete', dialog());
    expect(rpc.calls).toContainEqual({ name: 'backup.remove', input: { name: file().name } });
    expect(page.text()).toContain('There are no back-ups yet.');
    expect(useToasts().toasts.at(-1)).toMatchObject({ title: 'Back-up deleted', text: file().name });
  });

  it('leave and come in by the dialogs of the desktop, and nowhere else', async () => {
    const asked: unknown[] = [];
    const desktop = createFakeDesktop({
      'backup.saveCopy': (input) => {
        asked.push(input);
        return { path: '/home/me/copy.swbackup' };
      },
      'backup.takeFile': () => file({ name: 'taken.swbackup' }),
    });
    const there = await open({}, desktop);
    await press('Save a copy…');
    expect(asked).toEqual([{ name: file().name }]);
    await press('Restore from a file…');
    expect(dialog().textContent).toContain('Restore this back-up?');
    there.page.unmount();
    const { page } = await open();
    expect(page.text()).not.toContain('Save a copy');
    expect(page.text()).not.toContain('Restore from a file');
  });

  it('say why a file was not taken', async () => {
    const desktop = createFakeDesktop({
      'backup.takeFile': () => {
        throw new RpcError('invalid_input', '/tmp/letter.txt is no back-up.');
      },
    });
    const { page } = await open({}, desktop);
    await press('Restore from a file…');
    expect(page.get('[role=alert]').text()).toContain('is no back-up');
    expect(document.querySelector('[role=dialog], [role=alertdialog]')).toBeNull();
  });
});
