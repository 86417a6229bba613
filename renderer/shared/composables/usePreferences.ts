/** What the user chose for this browser. The keys are read before the first paint by public/first-paint.js. */
import { computed, shallowRef, watch, type WritableComputedRef } from 'vue';
import { defineStore } from 'pinia';

export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language in its own words. */
export const LANGUAGE_NAMES: readonly { readonly value: Language; readonly label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'zh-CN', label: '简体中文' },
];

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Width of the detail pane beside a list, px. */
const PANE_WIDTH = 472;

const PREFIX = 'switchyard.';

export const usePreferences = defineStore('preferences', () => {
  const theme = stored('theme', 'system', (text) => THEMES.find((known) => known === text));
  const language = stored('language', preferredLanguage(), (text) =>
    LANGUAGES.find((known) => known === text),
  );
  /** `yes` once the user has seen or skipped the first steps. */
  const welcomed = stored('welcomed', 'no', (text) => (text === 'yes' ? 'yes' : undefined));
  const paneWidth = stored('pane-width', String(PANE_WIDTH), (text) =>
    /^\d{2,5}$/.test(text) ? text : undefined,
  );
  /** Names of columns of the request list, with commas between; empty for the usual ones. */
  const requestColumns = stored('request-columns', '', (text) =>
    /^[a-z,]{1,200}$/.test(text) ? text : undefined,
  );
  /** Widths of them that were changed, as `client:120`, with commas between. */
  const requestWidths = stored('request-widths', '', (text) =>
    /^[a-z0-9:,]{1,300}$/.test(text) ? text : undefined,
  );

  watch(
    [theme, language],
    () => {
      const root = document.documentElement;
      if (theme.value === 'system') delete root.dataset['theme'];
      else root.dataset['theme'] = theme.value;
      root.lang = language.value;
    },
    { immediate: true, flush: 'sync' },
  );

  return {
    theme,
    language,
    welcomed,
    requestColumns,
    requestWidths,
    paneWidth: computed({
      get: () => Number(paneWidth.value),
      set: (width: number) => {
        paneWidth.value = String(Math.round(width));
      },
    }),
  };
});

function preferredLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** A value that is kept in this browser where storage is allowed, and for this page where it is not. */
function stored<T extends string>(
  name: string,
  fallback: T,
  read: (text: string) => T | undefined,
): WritableComputedRef<T> {
  const key = PREFIX + name;
  const held = shallowRef({ value: fallback });
  try {
    held.value = { value: read(localStorage.getItem(key) ?? '') ?? fallback };
  } catch {
    // Storage is blocked: the choice holds until the page is closed.
  }
  return computed({
    get: () => held.value.value,
    set(value) {
      held.value = { value };
      try {
        localStorage.setItem(key, value);
      } catch {
        // As above.
      }
    },
  });
}
