/** Showing and copying a key. Both happen in the host: the secret never reaches the page. */
import { useI18n } from 'vue-i18n';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { useDesktop } from '../../shared/rpc/desktop.ts';
import type { KeyName } from './key-checks.ts';

export interface SecretActs {
  /** Does nothing in a browser. */
  readonly copy: (key: KeyName, name: string) => Promise<void>;
  readonly reveal: (key: KeyName, name: string) => Promise<void>;
}

export function useSecretActs(): SecretActs {
  const { t } = useI18n();
  const desktop = useDesktop();
  const toasts = useToasts();
  const textOf = useFailureText();
  function failed(title: string, error: unknown): void {
    toasts.add({ kind: 'failed', title, text: textOf(error) });
  }

  return {
    async copy(key, name) {
      if (desktop === null) return;
      try {
        const { clearsAfter } = await desktop.call('keys.copy', key);
        const title = t('providers.keyCopied', { name });
        const text = t('providers.clipboardClears', { count: Math.round(clearsAfter / 1_000) });
        toasts.add(clearsAfter > 0 ? { kind: 'ok', title, text } : { kind: 'ok', title });
      } catch (error) {
        failed(t('providers.keyNotCopied', { name }), error);
      }
    },
    async reveal(key, name) {
      if (desktop === null) return;
      try {
        await desktop.call('keys.reveal', key);
      } catch (error) {
        failed(t('providers.keyNotShown', { name }), error);
      }
    },
  };
}
