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
/** What the gateway says of requests. Until it has come, and where it does not, the gateway's English stands there. */
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

export interface LanguageHost {
  /** Fetches a part, however long the gateway that serves it is away. @throws where it is there no more */
  readonly insist: <T>(load: () => Promise<T>) => Promise<T>;
  /** Told of words that do not come: the gateway was updated meanwhile. */
  readonly missed: (t: (key: string) => string) => void;
}

/** Loads the chosen language, and another one as soon as it is chosen. */
export async function loadTranslations(
  preferences: ReturnType<typeof usePreferences>,
  { insist, missed }: LanguageHost,
): Promise<ReturnType<typeof createTranslations>> {
  const { language: first } = preferences;
  const words = (await FIRST[first]()).default;
  const i18n = createTranslations(first, words);
  const { global } = i18n;
  const told = (): void => missed((key) => global.t(key));

  async function addLater(): Promise<void> {
    const later = (await insist(LATER[first])).default;
    global.setLocaleMessage(first, { ...words, ...later });
    // What is drawn follows which languages are looked into, not the words in them: it looks anew at another list of none.
    global.fallbackLocale.value = [];
  }
  addLater().catch(told);

  async function change(language: Language): Promise<void> {
    const parts = await Promise.all([insist(FIRST[language]), insist(LATER[language])]);
    global.setLocaleMessage(language, { ...parts[0].default, ...parts[1].default });
    // Chosen again while the file was on its way.
    if (preferences.language === language) global.locale.value = language;
  }
  watch(
    () => preferences.language,
    (language) => void change(language).catch(told),
  );
  return i18n;
}
