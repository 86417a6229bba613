/** Files dropped on a part of the page, told from words that are dragged there. */
import { ref, type Ref } from 'vue';

export interface DropZone {
  /** Files hover above it. */
  readonly over: Readonly<Ref<boolean>>;
  readonly listeners: {
    readonly dragenter: (event: DragEvent) => void;
    readonly dragover: (event: DragEvent) => void;
    readonly dragleave: (event: DragEvent) => void;
    readonly drop: (event: DragEvent) => void;
  };
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

export function useDropZone(dropped: (files: readonly File[]) => void): DropZone {
  const over = ref(false);
  /** Entering a child comes before leaving its parent. */
  let depth = 0;
  const leave = (): void => {
    depth = 0;
    over.value = false;
  };
  return {
    over,
    listeners: {
      dragenter(event) {
        if (!hasFiles(event)) return;
        depth += 1;
        over.value = true;
      },
      dragover(event) {
        // Without this the page would go to the file.
        if (hasFiles(event)) event.preventDefault();
      },
      dragleave(event) {
        if (!hasFiles(event)) return;
        depth -= 1;
        if (depth <= 0) leave();
      },
      drop(event) {
        leave();
        if (!hasFiles(event)) return;
        event.preventDefault();
        dropped([...(event.dataTransfer?.files ?? [])]);
      },
    },
  };
}
