/** Short notes on the result of an act. What lasts is shown in place, never here. */
import { computed, ref } from 'vue';
import { defineStore } from 'pinia';

export interface Toast {
  readonly id: number;
  /** `running` stays until it is changed into how it ended. */
  readonly kind: 'ok' | 'failed' | 'warning' | 'running';
  readonly title: string;
  readonly text?: string;
  /** Takes the act back; the note then stays a little longer. */
  readonly undo?: () => void;
  /** What can be done about it. */
  readonly act?: { readonly label: string; readonly run: () => void };
  /** Out of the way: a failure that nobody closed waits in the status bar. */
  readonly folded?: boolean;
}
export type NewToast = Omit<Toast, 'id' | 'folded'>;

/** Notes on the screen at once. */
const MOST_SHOWN = 4;
/** Failures that wait; older ones are forgotten. */
const MOST_FOLDED = 20;

export const useToasts = defineStore('toasts', () => {
  const toasts = ref<readonly Toast[]>([]);
  const shown = computed(() => toasts.value.filter(({ folded }) => folded !== true));
  const folded = computed(() => toasts.value.filter((toast) => toast.folded === true));
  let last = 0;

  /** Good news goes, bad news waits elsewhere. */
  function clear(toast: Toast): void {
    toasts.value =
      toast.kind === 'ok'
        ? toasts.value.filter(({ id }) => id !== toast.id)
        : toasts.value.map((other) => (other.id === toast.id ? { ...other, folded: true } : other));
    const [oldest] = folded.value;
    if (folded.value.length > MOST_FOLDED && oldest !== undefined) dismiss(oldest.id);
  }
  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  return {
    toasts,
    /** Those on the screen, the oldest first. */
    shown,
    /** Those that wait in the status bar. */
    folded,
    /** @returns its id, to change it by */
    add(toast: NewToast): number {
      const [oldest] = shown.value.filter(({ kind }) => kind !== 'running');
      if (shown.value.length >= MOST_SHOWN && oldest !== undefined) clear(oldest);
      last += 1;
      toasts.value = [...toasts.value, { ...toast, id: last }];
      return last;
    },
    /** Puts another in its place: how far it is, or how it ended. Nothing happens to one that was closed. */
    change(id: number, toast: NewToast): void {
      toasts.value = toasts.value.map((other) => (other.id === id ? { ...toast, id } : other));
    },
    clear,
    dismiss,
    /** Brings what waits back on the screen. */
    unfold(): void {
      toasts.value = toasts.value.map((toast) => ({ ...toast, folded: false }));
    },
  };
});
