/** Short notes on the result of an act. What lasts is shown in place, never here. */
import { ref } from 'vue';
import { defineStore } from 'pinia';

export interface Toast {
  readonly id: number;
  readonly kind: 'ok' | 'failed' | 'warning';
  readonly title: string;
  readonly text?: string;
  /** Takes the act back; the note then stays a little longer. */
  readonly undo?: () => void;
}

export const useToasts = defineStore('toasts', () => {
  const toasts = ref<readonly Toast[]>([]);
  let last = 0;
  return {
    toasts,
    add(toast: Omit<Toast, 'id'>): void {
      last += 1;
      toasts.value = [...toasts.value.slice(-3), { ...toast, id: last }];
    },
    dismiss(id: number): void {
      toasts.value = toasts.value.filter((toast) => toast.id !== id);
    },
  };
});
