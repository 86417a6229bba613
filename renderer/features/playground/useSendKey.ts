/** Which key sends a message, kept in this browser. */
import { useLocalStorage, useMediaQuery } from '@vueuse/core';
import { computed, type Ref } from 'vue';

export type SendKey = 'enter' | 'mod-enter';

export interface SendKeySetting {
  readonly key: Ref<SendKey>;
  /** Does this press of a key send? */
  readonly sends: (event: KeyboardEvent) => boolean;
}

export function useSendKey(): SendKeySetting {
  const kept = useLocalStorage<string>('switchyard.playground.send-key', 'enter', {
    onError: () => undefined,
  });
  /** A keyboard on glass has no Shift and Enter. */
  const touch = useMediaQuery('(pointer: coarse)');
  const key = computed<SendKey>({
    get: () => (kept.value === 'mod-enter' ? 'mod-enter' : 'enter'),
    set: (next) => {
      kept.value = next;
    },
  });
  return {
    key,
    sends(event) {
      // Enter also ends the composition of Chinese characters.
      if (event.key !== 'Enter' || event.isComposing || event.shiftKey || event.altKey) return false;
      const modified = event.ctrlKey || event.metaKey;
      return modified || (key.value === 'enter' && !touch.value);
    },
  };
}
