/** Notes of what was done stand above the composer: how high that is stands in `--composer-height` of the page. */
import { useResizeObserver } from '@vueuse/core';
import { onScopeDispose, type Ref } from 'vue';

const NAME = '--composer-height';

/** @param composer what stands at the bottom of the page */
export function useComposerHeight(composer: Ref<HTMLElement | null>): void {
  const { style } = document.documentElement;
  useResizeObserver(composer, () => {
    style.setProperty(NAME, `${composer.value?.offsetHeight ?? 0}px`);
  });
  onScopeDispose(() => style.removeProperty(NAME));
}
