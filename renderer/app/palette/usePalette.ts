/** What the palette shows for what is typed. */
import { computed, shallowRef, type ComputedRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { loadSettings, type SettingSection } from '../../features/settings/index.ts';
import { useDesktopHost } from '../../shared/composables/useDesktopHost.ts';
import { entryOf } from './entry.ts';
import { createLately } from './lately.ts';
import { search, type Hit, type HitGroup } from './search.ts';
import { useFoundEntries } from './useFoundEntries.ts';
import { useNamedEntries } from './useNamedEntries.ts';

/** Names of requests, as the gateway makes them. */
const REQUEST_ID = /^req_[a-z0-9]{4,40}$/;

export interface PaletteHits {
  readonly groups: ComputedRef<readonly HitGroup[]>;
  /** Of all groups, in the order of the screen. */
  readonly hits: ComputedRef<readonly Hit[]>;
  /** What could not be read, by the key of its message. */
  readonly missing: ReturnType<typeof useFoundEntries>['missing'];
  /** It was used. */
  readonly remember: (id: string) => void;
  /** Reads what the gateway has; nothing is read before the palette opens. */
  readonly read: () => Promise<void>;
}

export function usePalette(typed: Readonly<Ref<string>>): PaletteHits {
  const { t } = useI18n();
  const router = useRouter();
  const { present } = useDesktopHost();
  const sections = shallowRef<readonly SettingSection[]>([]);
  const named = useNamedEntries(sections);
  const found = useFoundEntries();
  const lately = createLately(() => localStorage);
  const used = shallowRef(lately.read());

  /** A request of any age, by its whole name. */
  const byId = computed(() => {
    const id = typed.value.trim();
    if (!REQUEST_ID.test(id)) return [];
    const known = found.entries.value.some((entry) => entry.id === `request:${id}`);
    if (known) return [];
    const title = t('palette.openRequest', { id });
    const run = (): void => void router.push({ name: 'requests', params: { id } });
    return [entryOf({ id: `request:${id}`, group: 'requests', title, names: [id], run }, false)];
  });
  const groups = computed(() =>
    search([...named.value, ...found.entries.value, ...byId.value], typed.value, used.value),
  );

  return {
    groups,
    hits: computed(() => groups.value.flatMap(({ hits }) => hits)),
    missing: found.missing,
    remember(id) {
      lately.add(id);
      used.value = lately.read();
    },
    async read() {
      const settings = async (): Promise<void> => {
        sections.value = await loadSettings(present);
      };
      // Without the file of the settings, everything else is found all the same.
      await Promise.all([found.read(), settings().catch(() => undefined)]);
    },
  };
}
