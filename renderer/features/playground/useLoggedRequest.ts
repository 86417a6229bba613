/** Opens a request of the log as a new conversation. */
import { useI18n } from 'vue-i18n';
import { REQUEST_FORMATS, type RequestFormat } from '../../../contract/rpc/request-formats.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { conversationOf } from './from-request.ts';
import { usePendingFiles } from './pending-files.ts';
import { usePlayground } from './store.ts';
import { useLeftOut } from './useLeftOut.ts';

/**
 * @returns a function that reads a request, and throws what the gateway says. It resolves with what shows the request,
 *   which in turn returns a sentence where something is missing, else null
 */
export function useLoggedRequest(): (id: string) => Promise<() => string | null> {
  const { t } = useI18n();
  const leftOutWords = useLeftOut();
  const rpc = useRpc();
  const store = usePlayground();
  const pending = usePendingFiles();

  async function read(format: RequestFormat | undefined, body: string) {
    if (format === undefined) return null;
    try {
      return await rpc.call('playground.read', { format, body });
    } catch {
      return null;
    }
  }

  return async (id) => {
    const [row, body] = await Promise.all([
      rpc.call('requests.get', { id }),
      rpc.call('requests.body', { id, part: 'request' }),
    ]);
    const format = REQUEST_FORMATS.find((known) => known === row.dialect);
    const chat = body.state === 'stored' ? await read(format, body.text) : null;
    const model = row.modelAsked ?? '';
    return () => {
      if (chat === null) {
        store.startNew([model]);
        return t(body.state === 'stored' ? 'playground.notChat' : 'playground.noBody', { id });
      }
      const title = t('playground.replay', { id: `req_…${id.slice(-4)}` });
      const begun = conversationOf(
        { ...chat, model: chat.model || model },
        { title, draft: true },
        Date.now(),
      );
      store.take(begun.conversation, begun.draft);
      pending.set(begun.conversation.id, begun.files);
      return leftOutWords(chat.leftOut);
    };
  };
}
