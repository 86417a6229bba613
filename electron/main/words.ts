/** Words of menus, tray and notifications in the user's language; the same files as the pages'. */
import { pluralForm } from '../../contract/rpc/plural-form.ts';
import en from '../../resources/locales/en.json' with { type: 'json' };
import zh from '../../resources/locales/zh-CN.json' with { type: 'json' };

export type Language = 'en' | 'zh-CN';

/** A word by its dotted key, with `{names}` filled in. @throws Error for a key that no file has */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

const MESSAGES: Readonly<Record<Language, object>> = { en, 'zh-CN': zh };

/** The user's choice, else the system's language. @param system as Electron tells it, e.g. `zh-CN` */
export const languageOf = (chosen: Language | null, system: string): Language =>
  chosen ?? (system.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');

export function createTranslate(language: Language): Translate {
  return (key, values = {}) => {
    const found = wordsOf(language, key);
    if (found === undefined) throw new Error(`There are no words for ${key}.`);
    // In one go: a value is never read for places of its own. A sign in quotes stands for itself.
    return pluralForm(found, values['count']).replaceAll(
      /\{'(.)'\}|\{(\w+)\}/g,
      (whole, sign: string | undefined, name: string) => sign ?? String(values[name] ?? whole),
    );
  };
}

/** True where a file has words for a key. */
export const hasWords = (language: Language, key: string): boolean => wordsOf(language, key) !== undefined;

function wordsOf(language: Language, key: string): string | undefined {
  const found = key
    .split('.')
    .reduce<unknown>(
      (node, name) => (isGroup(node) ? Reflect.get(node, name) : undefined),
      MESSAGES[language],
    );
  return typeof found === 'string' ? found : undefined;
}

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null;
