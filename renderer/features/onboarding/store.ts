/** What the first steps look at: providers, models, the client key, and requests as they arrive. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { RequestSummary } from '../../../contract/log/row.ts';
import type { ModelView } from '../../../contract/rpc/procedures/models.ts';
import type { KeyCheck, ProviderTemplate, ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import { clientKeyFingerprint } from '../../shared/rpc/client-key.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { chatModels } from '../../shared/utils/chat-models.ts';

export const useFirstSteps = defineStore('first-steps', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const providers = shallowRef<readonly ProviderView[] | null>(null);
  const templates = shallowRef<readonly ProviderTemplate[]>([]);
  const models = shallowRef<readonly ModelView[]>([]);
  /** Last characters of the client key; empty while tools need none. */
  const clientKey = shallowRef('');
  const failure = shallowRef<unknown>(null);
  /** The newest request that arrived since the welcome was opened. */
  const request = shallowRef<RequestSummary | null>(null);

  /** What answers already: the first provider with a key, that needs none, or of the demo. */
  const ready = computed(
    () => providers.value?.find(({ demo, needsKey, keys }) => demo || !needsKey || keys.length > 0) ?? null,
  );
  const modelNames = computed(() => chatModels(models.value, ready.value?.id ?? null));

  async function read(): Promise<void> {
    try {
      [providers.value, templates.value] = await Promise.all([
        rpc.call('providers.list', {}),
        rpc.call('providers.templates', {}),
      ]);
      failure.value = null;
    } catch (error) {
      failure.value = error;
    }
    await Promise.all([readModels(), readClientKey()]);
  }
  async function readModels(): Promise<void> {
    try {
      ({ models: models.value } = await rpc.call('models.list', {}));
    } catch {
      // A model can be typed.
    }
  }
  async function readClientKey(): Promise<void> {
    clientKey.value = await clientKeyFingerprint(rpc);
  }

  return {
    providers,
    templates,
    modelNames,
    clientKey,
    failure,
    request,
    ready,
    read,
    /** @returns how to stop following */
    follow(): () => void {
      const openedAt = Date.now();
      request.value = null;
      const stop = rpc.subscribe(
        ['providers.changed', 'models.changed', 'config.changed', 'requests.changed'],
        (event) => {
          if (event.topic === 'providers.changed') providers.value = event.data;
          else if (event.topic === 'models.changed') void readModels();
          else if (event.topic === 'config.changed') void readClientKey();
          else if (event.topic === 'requests.changed') {
            const newest = event.data.filter(({ startedAt }) => startedAt >= openedAt).at(-1);
            if (newest !== undefined) request.value = newest;
          } else void read();
        },
      );
      void read();
      return stop;
    },
    /** Adds the provider where it is missing. @returns the id of the key; null for a provider without one */
    async add(provider: string, key: string): Promise<string | null> {
      if (providers.value?.some(({ id }) => id === provider) !== true) {
        await rpc.call('providers.add', { id: provider });
      }
      const id = key === '' ? null : (await rpc.call('keys.add', { provider, value: key })).key.id;
      providers.value = await rpc.call('providers.list', {});
      void readModels();
      return id;
    },
    check: (provider: string, id: string): Promise<KeyCheck> => rpc.call('keys.check', { provider, id }),
    async remove(provider: string, id: string): Promise<void> {
      await rpc.call('keys.remove', { provider, id });
      providers.value = await rpc.call('providers.list', {});
    },
    /** A real request, logged like any other. @throws RpcError when it could not be sent */
    test: (model: string, prompt: string, tell: (text: string) => void) =>
      rpc.follow('playground.chat', { model, messages: [{ role: 'user', text: prompt }] }, (part) => {
        if (part.kind === 'text-delta') tell(part.text);
      }),
  };
});
