/** The parts of the interface that are the same wherever it runs. */
import { createPinia } from 'pinia';
import { createApp, type App as VueApp } from 'vue';
import { missingPart } from '../shared/composables/late-part.ts';
import { useGateway } from '../shared/composables/useGateway.ts';
import { usePreferences } from '../shared/composables/usePreferences.ts';
import { useToasts } from '../shared/composables/useToasts.ts';
import { rpcKey, type Rpc } from '../shared/rpc/rpc.ts';
import { forgetLostStyles, insist } from '../shared/utils/insist.ts';
import App from './App.vue';
import './base.css';
import { keepComposingKeys } from './composing-keys.ts';
import { loadTranslations } from './i18n.ts';
import { useLostPage } from './shell/useLostPage.ts';

export interface Interface {
  readonly app: VueApp;
  readonly preferences: ReturnType<typeof usePreferences>;
  readonly lostPage: ReturnType<typeof useLostPage>;
  /** Resolves when its words are loaded; only then may it be mounted. */
  readonly ready: Promise<void>;
}

export function createInterface(rpc: Rpc): Interface {
  const app = createApp(App);
  const pinia = createPinia();
  keepComposingKeys(window);
  forgetLostStyles(window);
  app.provide(rpcKey, rpc);
  app.use(pinia);
  const preferences = usePreferences(pinia);
  const gateway = useGateway(pinia);
  const toasts = useToasts(pinia);
  const ready = loadTranslations(preferences, {
    insist: (load) => insist(load, gateway),
    missed: (t) => toasts.add(missingPart(t)),
  }).then((translations) => void app.use(translations));
  return { app, preferences, lostPage: useLostPage(pinia), ready };
}
