/** Adds a provider together with its first keys. */
import { ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { RawInputOf } from '../../../contract/rpc/define.ts';
import type { Procedures } from '../../../contract/rpc/procedures.ts';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { parseKeyLines } from './key-lines.ts';
import { useProviders } from './store.ts';
import { usePasteText } from './usePasteText.ts';

export interface AddProvider {
  readonly failure: Ref<string | null>;
  /** Which field `failure` is about: one of the provider's, `keys`, or null when it is about none. */
  readonly field: Ref<string | null>;
  /** @returns true when the provider is there; keys that were refused are told in a toast then */
  readonly submit: (provider: RawInputOf<Procedures['providers.add']>, keys: string) => Promise<boolean>;
}

/** @param busy is told when the act begins and ends */
export function useAddProvider(busy: (now: boolean) => void): AddProvider {
  const { t } = useI18n();
  const store = useProviders();
  const toasts = useToasts();
  const textOf = useFailureText();
  const pasteText = usePasteText();
  const failure = ref<string | null>(null);
  const field = ref<string | null>(null);

  async function addKeys(provider: string, keys: string): Promise<void> {
    const paste = parseKeyLines(keys, 1);
    if (!paste.ok) return;
    try {
      const storage = await store.addKeys(provider, paste.keys, {});
      if (storage === 'memory') {
        toasts.add({
          kind: 'warning',
          title: t('providers.keysAdded', paste.keys.length),
          text: t('providers.memoryOnly'),
        });
      }
    } catch (error) {
      toasts.add({ kind: 'failed', title: t('providers.keysNotAdded'), text: textOf(error) });
    }
  }

  return {
    failure,
    field,
    async submit(provider, keys) {
      failure.value = null;
      field.value = null;
      const paste = parseKeyLines(keys, 1);
      if (!paste.ok && paste.problem.kind !== 'empty') {
        failure.value = pasteText(paste.problem);
        field.value = 'keys';
        return false;
      }
      busy(true);
      try {
        await store.add(provider);
        await addKeys(provider.id, keys);
        return true;
      } catch (error) {
        failure.value = textOf(error);
        field.value = error instanceof RpcError ? (error.field ?? null) : null;
        return false;
      } finally {
        busy(false);
      }
    },
  };
}
