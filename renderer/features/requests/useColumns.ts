/** The columns that the user chose for this browser, kept over restarts. */
import { computed, type WritableComputedRef } from 'vue';
import { usePreferences } from '../../shared/composables/usePreferences.ts';
import { readColumns, USUAL, type Column } from './columns.ts';

export function useColumns(): WritableComputedRef<readonly Column[]> {
  const preferences = usePreferences();
  return computed({
    get: () => (preferences.requestColumns === '' ? USUAL : readColumns(preferences.requestColumns)),
    set(columns) {
      preferences.requestColumns = columns.join(',');
    },
  });
}
