/** Commands on the interface and the app around it. */
import { nextTick } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { CommandId } from '../../../contract/rpc/commands.ts';
import { useAct } from '../../shared/composables/useAct.ts';
import { useDesktopHost } from '../../shared/composables/useDesktopHost.ts';
import { usePreferences, type Language, type Theme } from '../../shared/composables/usePreferences.ts';
import { useProblems } from '../../shared/composables/useProblems.ts';
import { useShortcutStore } from '../../shared/composables/useShortcuts.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { useDesktop } from '../../shared/rpc/desktop.ts';
import { useSession } from '../../shared/rpc/session.ts';
import { useUpdates } from '../../shared/composables/useUpdates.ts';
import { useShell } from '../shell/useShell.ts';
import type { CommandAct } from './command-act.ts';

type Own = Exclude<
  CommandId,
  'pause' | 'resume' | 'copy-address' | 'clear-cooling' | 'check-keys' | 'refresh-models'
>;

export function useInterfaceCommands(): Readonly<Record<Own, CommandAct>> {
  const { t } = useI18n();
  const router = useRouter();
  const shell = useShell();
  const shortcuts = useShortcutStore();
  const toasts = useToasts();
  const preferences = usePreferences();
  const host = useDesktopHost();
  const desktop = useDesktop();
  const session = useSession();
  const updates = useUpdates();
  const { problems } = useProblems();
  const { run } = useAct();

  /** The playground has its own way to begin one, once it is there. */
  async function newChat(): Promise<void> {
    await router.push({ name: 'playground' });
    await nextTick();
    const own = shortcuts.shortcuts.findLast(
      ({ keys, everywhere }) => everywhere !== true && keys.includes('Mod+n'),
    );
    own?.act?.(new KeyboardEvent('keydown', { key: 'n', ctrlKey: true }));
  }
  async function enterNotes(): Promise<void> {
    toasts.unfold();
    await nextTick();
    shell.notesWanted += 1;
  }
  async function logOut(): Promise<void> {
    const left = await run(async () => session?.logOut(), t('login.logOutFailed'));
    if (left) await router.push({ name: 'login' });
  }
  /** Settings say how it goes, and that there is no source where there is none. */
  async function checkUpdates(): Promise<void> {
    await router.push({ name: 'settings', params: { section: 'about' } });
    if (updates.view?.source !== null) await run(updates.check, t('settings.items.about.updates.notDone'));
  }
  const theme = (to: Theme): CommandAct => ({
    act: () => {
      preferences.theme = to;
    },
    available: () => preferences.theme !== to,
  });
  const language = (to: Language): CommandAct => ({
    act: () => {
      preferences.language = to;
    },
    available: () => preferences.language !== to,
  });

  return {
    palette: {
      act: () => {
        shell.palette = !shell.palette;
      },
    },
    shortcuts: {
      act: () => {
        shell.cheatSheet = true;
      },
    },
    problems: {
      act: () => {
        shell.problems = true;
      },
      available: () => problems.value.length > 0,
    },
    notifications: { act: () => void enterNotes(), available: () => toasts.toasts.length > 0 },
    'new-chat': { act: () => void newChat() },
    'theme-system': theme('system'),
    'theme-light': theme('light'),
    'theme-dark': theme('dark'),
    'language-en': language('en'),
    'language-zh-CN': language('zh-CN'),
    welcome: { act: () => void router.push({ name: 'onboarding' }) },
    diagnostics: {
      act: () =>
        void router.push({ name: 'settings', params: { section: 'about' }, query: { open: 'diagnostics' } }),
    },
    'check-updates': { act: () => void checkUpdates(), available: () => updates.present },
    'data-folder': {
      act: () => void run(host.openDataFolder, t('settings.notOpened')),
      available: () => host.present,
    },
    quit: {
      act: () => void run(async () => desktop?.call('desktop.quit', {}), t('commands.notQuit')),
      available: () => desktop !== null,
    },
    'log-out': { act: () => void logOut(), available: () => session !== null },
  };
}
