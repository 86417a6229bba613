/** A logged request as a line for a shell; the gateway writes it, without any key in it. */
import type { Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useAct } from '../../shared/composables/useAct.ts';
import { useCopy } from '../../shared/composables/useCopy.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';

export interface Curl {
  readonly busy: Readonly<Ref<boolean>>;
  readonly copy: (requestId: string) => Promise<void>;
}

export function useCurl(): Curl {
  const { t } = useI18n();
  const rpc = useRpc();
  const copy = useCopy();
  const { busy, run } = useAct();
  return {
    busy,
    async copy(requestId) {
      const what = t('playground.curl');
      await run(
        async () => {
          const { text } = await rpc.call('requests.code', { id: requestId, kind: 'curl' });
          await copy(text, what);
        },
        t('common.notCopied', { what }),
      );
    },
  };
}
