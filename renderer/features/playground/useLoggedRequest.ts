/** Opens a request of the log as a new conversation. */
import { useI18n } from 'vue-i18n';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { conversationOf, readLoggedRequest } from './from-request.ts';
import { usePlayground } from './store.ts';

/** @returns a function that resolves with a sentence where something is missing, else null; it throws what the gateway says */
export function useLoggedRequest(): (id: string) => Promise<string | null> {
  const { t } = useI18n();
  const rpc = useRpc();
  const store = usePlayground();

  return async (id) => {
    const [row, body] = await Promise.all([
      rpc.call('requests.get', { id }),
      rpc.call('requests.body', { id, part: 'request' }),
    ]);
    const filling = body.state === 'stored' ? readLoggedRequest(body.text, row.dialect) : null;
    const model = row.modelAsked ?? '';
    if (filling === null) {
      store.startNew([model]);
      return t(body.state === 'stored' ? 'playground.notChat' : 'playground.noBody', { id });
    }
    const title = t('playground.replay', { id: `req_…${id.slice(-4)}` });
    store.take(
      conversationOf({ ...filling, model: filling.model || model }, title, Date.now()),
      filling.draft,
    );
    return filling.leftOut ? t('playground.leftOut') : null;
  };
}
