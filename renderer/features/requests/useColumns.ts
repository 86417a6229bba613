/** The columns that the user chose for this browser, and how wide they are; kept over restarts. */
import { computed, type WritableComputedRef } from 'vue';
import { usePreferences } from '../../shared/composables/usePreferences.ts';
import { printWidths, readWidths, type ColumnWidths } from './column-widths.ts';
import { COLUMNS, readColumns, USUAL, type Column } from './columns.ts';

export function useColumns(): WritableComputedRef<readonly Column[]> {
  const preferences = usePreferences();
  return computed({
    get: () => (preferences.requestColumns === '' ? USUAL : readColumns(preferences.requestColumns)),
    set(columns) {
      preferences.requestColumns = columns.join(',');
    },
  });
}

export function useColumnWidths(): WritableComputedRef<ColumnWidths> {
  const preferences = usePreferences();
  return computed({
    get: () => readWidths(preferences.requestWidths, COLUMNS),
    set(widths) {
      preferences.requestWidths = printWidths(widths);
    },
  });
}
