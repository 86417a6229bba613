/** Words in the user's language. Only the language in use is loaded, and what the first page does not need after it. */
import { watch } from 'vue';
import { createI18n } from 'vue-i18n';
import type { Language, usePreferences } from '../shared/composables/usePreferences.ts';

/** A tree of texts. */
export interface Words {
  readonly [name: string]: string | Words;
}

type Load = Readonly<Record<Language, () => Promise<{ readonly default: Words }>>>;

const FIRST: Load = {
  en: () => import('../../resources/locales/en.json?first'),
  'zh-CN': () => import('../../resources/locales/zh-CN.json?first'),
};
/** What the gateway says of requests. Until it has come, and where it does not, its English stands there. */
const LATER: Load = {
  en: () => import('../../resources/locales/en.json?later'),
  'zh-CN': () => import('../../resources/locales/zh-CN.json?later'),
};

/** Translations that start in one language. */
export function createTranslations(language: string, messages: Words) {
  return createI18n({
    legacy: false,
    locale: language,
    fallbackLocale: false,
    messages: { [language]: messages },
  });
}

/**
 * Loads the chosen language, and another one as soon as it is chosen.
 * @param insist fetches another one, however long the gateway that serves it is away
 */
export async function loadTranslations(
  preferences: ReturnType<typeof usePreferences>,
  insist: <T>(load: () => Promise<T>) => Promise<T>,
): Promise<ReturnType<typeof createTranslations>> {
  const { language: first } = preferences;
  const i18n = createTranslations(first, (await FIRST[first]()).default);
  void insist(LATER[first]).then((later) => i18n.global.mergeLocaleMessage(first, later.default));
  watch(
    () => preferences.language,
    async (language) => {
      const parts = await Promise.all([insist(FIRST[language]), insist(LATER[language])]);
      i18n.global.setLocaleMessage(language, { ...parts[0].default, ...parts[1].default });
      // Chosen again while the file was on its way.
      if (preferences.language === language) i18n.global.locale.value = language;
    },
  );
  return i18n;
}
