/** Entries for what the gateway has: providers, models, aliases, conversations, the newest requests. Read as the palette opens. */
import { Box, MessageSquare, Server, Split } from '@lucide/vue';
import { computed, shallowRef, type ComputedRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { RequestSummary } from '../../../contract/log/row.ts';
import type { ConversationSummary } from '../../../contract/rpc/procedures/conversations.ts';
import type { ModelView } from '../../../contract/rpc/procedures/models.ts';
import { useProviders } from '../../features/providers/index.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { formatClock } from '../../shared/utils/format.ts';
import { rowState } from '../../shared/utils/row-state.ts';
import { entryOf, type Entry } from './entry.ts';

/** Requests that are found by their id, model or program. */
const NEWEST = 50;

/** What is read, by the key of its name. */
type Source = 'models' | 'conversations' | 'requests';

export function useFoundEntries(): {
  readonly entries: ComputedRef<readonly Entry[]>;
  readonly read: () => Promise<void>;
  /** What could not be read. */
  readonly missing: Readonly<Ref<readonly Source[]>>;
} {
  const { locale } = useI18n();
  const rpc = useRpc();
  const router = useRouter();
  const providers = useProviders();
  const models = shallowRef<readonly ModelView[]>([]);
  const conversations = shallowRef<readonly ConversationSummary[]>([]);
  const requests = shallowRef<readonly RequestSummary[]>([]);
  const missing = shallowRef<readonly Source[]>([]);

  async function read(): Promise<void> {
    missing.value = [];
    const sources: Readonly<Record<Source, () => Promise<void>>> = {
      models: async () => {
        ({ models: models.value } = await rpc.call('models.list', {}));
      },
      conversations: async () => {
        ({ conversations: conversations.value } = await rpc.call('conversations.list', {}));
      },
      requests: async () => {
        ({ rows: requests.value } = await rpc.call('requests.list', { limit: NEWEST }));
      },
    };
    const all = Object.keys(sources).filter((name): name is Source => Object.hasOwn(sources, name));
    await Promise.all(
      all.map((name) =>
        sources[name]().catch(() => {
          missing.value = [...missing.value, name];
        }),
      ),
    );
  }
  const go = (name: string, id: string) => (): void => void router.push({ name, params: { id } });

  const ofProviders = computed(() =>
    (providers.providers ?? []).map(({ id, name }) =>
      entryOf({
        id: `provider:${id}`,
        group: 'providers',
        title: name,
        detail: id === name ? '' : id,
        names: [id],
        icon: Server,
        run: go('providers', id),
      }),
    ),
  );
  // There can be thousands: apart from the others, so that they are prepared once.
  const ofModels = computed(() =>
    models.value.map(({ id, name, providerName }) =>
      entryOf(
        {
          id: `model:${id}`,
          group: 'models',
          title: id,
          detail: name ?? providerName,
          names: [name ?? ''],
          icon: Box,
          run: go('models', id),
        },
        false,
      ),
    ),
  );
  // Each model tells which aliases name it: nothing more has to be asked.
  const ofAliases = computed(() => {
    const targets = new Map<string, string[]>();
    for (const { id, aliases } of models.value)
      for (const alias of aliases) targets.set(alias, [...(targets.get(alias) ?? []), id]);
    return [...targets].map(([alias, ids]) =>
      entryOf({
        id: `alias:${alias}`,
        group: 'aliases',
        title: alias,
        detail: ids.join(', '),
        icon: Split,
        run: go('routing', alias),
      }),
    );
  });
  const ofConversations = computed(() =>
    conversations.value.map(({ id, title, model }) =>
      entryOf({
        id: `conversation:${id}`,
        group: 'conversations',
        title: title === '' ? model : title,
        detail: title === '' ? '' : model,
        icon: MessageSquare,
        run: go('playground', id),
      }),
    ),
  );
  const ofRequests = computed(() =>
    requests.value.map((row) =>
      entryOf(
        {
          id: `request:${row.id}`,
          group: 'requests',
          title: row.id,
          detail: `${formatClock(row.startedAt, locale.value)} ${row.modelAsked ?? ''}`,
          names: [row.modelAsked, row.modelServed, row.app, row.client].filter((text) => text !== null),
          state: rowState(row).kind,
          run: go('requests', row.id),
        },
        false,
        false,
      ),
    ),
  );
  const entries = computed(() => [
    ...ofProviders.value,
    ...ofModels.value,
    ...ofAliases.value,
    ...ofConversations.value,
    ...ofRequests.value,
  ]);
  return { entries, read, missing };
}
