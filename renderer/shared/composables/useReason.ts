/** Stable codes of failures as words. */
import { useI18n } from 'vue-i18n';

/** @returns a function from a code to its words; an unknown code is shown as it is, none as nothing */
export function useReason(): (code: string | null) => string {
  const words = useI18n();
  return (code) => {
    if (code === null) return '';
    const key = `reasons.${code}`;
    return words.te(key) ? words.t(key) : code;
  };
}
