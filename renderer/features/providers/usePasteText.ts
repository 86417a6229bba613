/** What is wrong with pasted keys, in words. */
import { useI18n } from 'vue-i18n';
import type { PasteProblem } from './key-lines.ts';

/** @returns a function from the problem to a sentence that names the part by its number, never by the key */
export function usePasteText(): (problem: PasteProblem) => string {
  const { t } = useI18n();
  return (problem) => {
    switch (problem.kind) {
      case 'empty':
        return t('providers.paste.empty');
      case 'characters':
        return t('providers.paste.characters', { part: problem.part });
      case 'weight':
        return t('providers.paste.weight', { part: problem.part });
      case 'twice':
        return t('providers.paste.twice', { part: problem.part });
    }
  };
}
