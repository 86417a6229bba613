/** Words of the language that is not on the screen: whoever thinks in it finds things all the same. */
import { shallowRef, watch, type Ref } from 'vue';
import { usePreferences, type Language } from '../../shared/composables/usePreferences.ts';

const OTHER: Readonly<Record<Language, () => Promise<{ readonly default: object }>>> = {
  en: () => import('../../../resources/locales/zh-CN.json?first'),
  'zh-CN': () => import('../../../resources/locales/en.json?first'),
};

/** A message by its dotted key; the empty text where there is none. */
export function messageAt(messages: object, key: string): string {
  const found = key
    .split('.')
    .reduce<unknown>((node, name) => (isGroup(node) ? Reflect.get(node, name) : undefined), messages);
  return typeof found === 'string' ? found : '';
}

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** @returns a function from a message's key to its text in the other language, empty until that has come */
export function useOtherLanguage(): Readonly<Ref<(key: string) => string>> {
  const preferences = usePreferences();
  const words = shallowRef<(key: string) => string>(() => '');
  watch(
    () => preferences.language,
    async (language) => {
      try {
        const { default: messages } = await OTHER[language]();
        words.value = (key) => messageAt(messages, key);
      } catch {
        // Only its words are missed: everything is still found in the language of the screen.
      }
    },
    { immediate: true },
  );
  return words;
}
