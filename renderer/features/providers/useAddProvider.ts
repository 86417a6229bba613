/** Adds a provider together with its first keys. */
import { ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { RawInputOf } from '../../../contract/rpc/define.ts';
import type { Procedures } from '../../../contract/rpc/procedures.ts';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { isFaulty, readPaste, type FoundKey } from './paste-lines.ts';
import { useProviders } from './store.ts';
import { useAddKeys, type AddKeys } from './useAddKeys.ts';

type NewProvider = RawInputOf<Procedures['providers.add']>;

export interface AddProvider {
  readonly failure: Ref<string | null>;
  /** Which field `failure` is about: one of the provider's, `keys`, or null when it is about none. */
  readonly field: Ref<string | null>;
  /** How many of the keys are there already, while they are added. */
  readonly progress: AddKeys['progress'];
  /**
   * Nothing is added while a line of the keys cannot be read. Where the provider is there and its keys are refused,
   * the next try adds those alone.
   * @returns true when both are there
   */
  readonly submit: (provider: NewProvider, keys: string) => Promise<boolean>;
}

/** @param busy is told when the act begins and ends */
export function useAddProvider(busy: (now: boolean) => void): AddProvider {
  const { t } = useI18n();
  const store = useProviders();
  const toasts = useToasts();
  const textOf = useFailureText();
  const { progress, add: addAll } = useAddKeys();
  const failure = ref<string | null>(null);
  const field = ref<string | null>(null);
  /** Id of the provider that is there and waits for its keys. */
  let waiting: string | null = null;

  function refuse(text: string, about: string | null): false {
    failure.value = text;
    field.value = about;
    return false;
  }
  async function addKeys(provider: string, keys: readonly FoundKey[]): Promise<boolean> {
    if (keys.length === 0) return true;
    try {
      const { added, storage } = await addAll(provider, keys, {});
      if (storage === 'memory') {
        const title = t('providers.keysAdded', added);
        toasts.add({ kind: 'warning', title, text: t('providers.memoryOnly') });
      }
      return true;
    } catch (error) {
      return refuse(t('providers.keysNotAdded', { why: textOf(error) }), 'keys');
    }
  }

  return {
    failure,
    field,
    progress,
    async submit(provider, keys) {
      failure.value = null;
      field.value = null;
      const lines = readPaste(keys, 1);
      const faulty = lines.filter(isFaulty).length;
      if (faulty > 0) return refuse(t('providers.preview.mend', faulty), 'keys');
      const found = lines.filter((line): line is FoundKey => line.kind === 'key');
      // A variable that holds no key by its name would be left out without a word.
      if (found.length === 0 && lines.length > 0) return refuse(t('providers.preview.nothing'), 'keys');
      busy(true);
      try {
        if (waiting !== provider.id) await store.add(provider);
        waiting = provider.id;
        return await addKeys(provider.id, found);
      } catch (error) {
        return refuse(textOf(error), error instanceof RpcError ? (error.field ?? null) : null);
      } finally {
        busy(false);
      }
    },
  };
}
