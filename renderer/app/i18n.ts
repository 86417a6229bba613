/** Words in the user's language. Only the language in use is loaded. */
import { watch } from 'vue';
import { createI18n } from 'vue-i18n';
import type en from '../../resources/locales/en.json';
import type { Language, usePreferences } from '../shared/composables/usePreferences.ts';

type Messages = typeof en;

const LOCALES: Readonly<Record<Language, () => Promise<{ readonly default: Messages }>>> = {
  en: () => import('../../resources/locales/en.json'),
  'zh-CN': () => import('../../resources/locales/zh-CN.json'),
};

/** Translations that start in one language. */
export function createTranslations(language: string, messages: Messages) {
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
  const i18n = createTranslations(first, (await LOCALES[first]()).default);
  watch(
    () => preferences.language,
    async (language) => {
      i18n.global.setLocaleMessage(language, (await insist(LOCALES[language])).default);
      // Chosen again while the file was on its way.
      if (preferences.language === language) i18n.global.locale.value = language;
    },
  );
  return i18n;
}
