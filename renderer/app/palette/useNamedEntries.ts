/** Entries for what has a name of ours: pages, actions of every page and of the one in view, settings. */
import { computed, type ComputedRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { SettingSection } from '../../features/settings/index.ts';
import { useShortcutStore, type Shortcut } from '../../shared/composables/useShortcuts.ts';
import { entryOf, type Entry } from './entry.ts';
import { useOtherLanguage } from './other-language.ts';

/** @param sections of the settings; none until they are loaded */
export function useNamedEntries(
  sections: Readonly<Ref<readonly SettingSection[]>>,
): ComputedRef<readonly Entry[]> {
  const words = useI18n();
  const { t } = words;
  const router = useRouter();
  const store = useShortcutStore();
  const other = useOtherLanguage();

  const groupOf = ({ everywhere, label }: Shortcut): 'pages' | 'actions' | 'here' => {
    if (everywhere !== true) return 'here';
    return label.startsWith('pages.') ? 'pages' : 'actions';
  };
  const actions = computed(() =>
    byLabel(store.shortcuts).flatMap((shortcut) => {
      const { label, keys, act, words = '', icon, available } = shortcut;
      if (act === undefined || !isAskedFor(shortcut) || available?.() === false) return [];
      return entryOf({
        id: `action:${label}`,
        group: groupOf(shortcut),
        title: t(label),
        names: [other.value(label)],
        words: words.split(' '),
        icon,
        keys: keys[0],
        run: () => act(new KeyboardEvent('keydown')),
      });
    }),
  );
  const settings = computed(() =>
    sections.value.flatMap(({ id: section, icon, items }) =>
      items.flatMap(({ id, words: synonyms }) => {
        const label = `settings.items.${id}.label`;
        if (!words.te(label)) return [];
        return entryOf({
          id: `setting:${id}`,
          group: 'settings',
          title: t(label),
          detail: t(`settings.sections.${section}`),
          names: [other.value(label), id],
          words: synonyms.split(' '),
          icon,
          run: () => void router.push({ name: 'settings', params: { section }, query: { item: id } }),
        });
      }),
    ),
  );
  return computed(() => [...actions.value, ...settings.value]);
}

/** Each once, the last added one of a name. */
function byLabel(shortcuts: readonly Shortcut[]): readonly Shortcut[] {
  return [...new Map(shortcuts.map((shortcut) => [shortcut.label, shortcut])).values()];
}

/** What wants to know its key cannot be asked for by name; Esc has closed what it would close, and the palette is open. */
function isAskedFor({ act, keys, label }: Shortcut): boolean {
  return act?.length === 0 && !keys.includes('Escape') && label !== 'commands.palette';
}
