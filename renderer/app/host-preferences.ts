/** Language and theme are the same in the page, the menus and the tray; the host keeps them safer than a browser. */
import { watch } from 'vue';
import type { usePreferences } from '../shared/composables/usePreferences.ts';
import type { Desktop } from '../shared/rpc/desktop.ts';

/** Takes over what the host has, and tells it what the user chooses from now on. @returns how to stop */
export async function followHost(
  preferences: Pick<ReturnType<typeof usePreferences>, 'language' | 'theme'>,
  desktop: Desktop,
): Promise<() => void> {
  let choices = 0;
  const stop = watch(
    () => ({ language: preferences.language, theme: preferences.theme }),
    (choice) => {
      choices += 1;
      // Menus and tray then keep their old words, and the next choice tries again.
      desktop.call('desktop.set', choice).catch(() => undefined);
    },
    { flush: 'sync' },
  );
  try {
    const { language, theme } = await desktop.call('desktop.info', {});
    if (choices > 0) return stop;
    preferences.theme = theme;
    preferences.language = language ?? preferences.language;
  } catch {
    // What the page remembers by itself stays.
  }
  return stop;
}
