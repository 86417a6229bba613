import { reactive } from 'vue';
import { describe, expect, it } from 'vitest';
import { createFakeDesktop, sampleDesktop } from '../testing/fake-desktop.ts';
import type { Language, Theme } from '../shared/composables/usePreferences.ts';
import { followHost } from './host-preferences.ts';

function setUp(info = sampleDesktop()) {
  const language: Language = 'en';
  const theme: Theme = 'light';
  const preferences = reactive<{ language: Language; theme: Theme }>({ language, theme });
  const desktop = createFakeDesktop({ 'desktop.info': () => info, 'desktop.set': () => info });
  const sets = () => desktop.calls.filter(({ name }) => name === 'desktop.set').map(({ input }) => input);
  return { preferences, desktop, sets };
}

describe('language and theme of the desktop app', () => {
  it('are those the host kept, whatever the page remembers', async () => {
    const { preferences, desktop } = setUp(sampleDesktop({ language: 'zh-CN', theme: 'dark' }));
    await followHost(preferences, desktop);
    expect(preferences).toEqual({ language: 'zh-CN', theme: 'dark' });
  });

  it('are told to the host when they are chosen', async () => {
    const { preferences, desktop, sets } = setUp(sampleDesktop({ theme: 'light' }));
    const stop = await followHost(preferences, desktop);
    expect([preferences.language, sets()]).toEqual(['en', []]);
    preferences.language = 'zh-CN';
    preferences.theme = 'dark';
    expect(sets()).toEqual([
      { language: 'zh-CN', theme: 'light' },
      { language: 'zh-CN', theme: 'dark' },
    ]);
    stop();
    preferences.theme = 'light';
    expect(sets()).toHaveLength(2);
  });

  it('stay as the user chose them while the host was asked', async () => {
    const { preferences, desktop, sets } = setUp(sampleDesktop({ theme: 'system' }));
    const following = followHost(preferences, desktop);
    preferences.theme = 'dark';
    await following;
    expect([preferences.theme, sets()]).toEqual(['dark', [{ language: 'en', theme: 'dark' }]]);
  });

  it('are those of the page where the host does not answer', async () => {
    const { preferences } = setUp();
    await followHost(preferences, createFakeDesktop({}));
    expect(preferences).toEqual({ language: 'en', theme: 'light' });
  });
});
