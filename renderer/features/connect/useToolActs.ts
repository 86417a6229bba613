/** Writing, removing and restoring a tool's files, with the way back in the note that tells of it. */
import { useI18n } from 'vue-i18n';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { ToolView } from '../../../contract/rpc/procedures/connect.ts';
import { useAct, type Act } from '../../shared/composables/useAct.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { useConnect } from './store.ts';
import type { Order } from '../../shared/utils/tool-wiring.ts';

export type Applied = 'done' | 'moved' | 'failed';

export interface ToolActs {
  readonly busy: Act['busy'];
  /** The gateway's sentence about the last failure. */
  readonly failure: Act['failure'];
  /** @returns `moved` when a file changed since the plan: nothing was written */
  readonly apply: (tool: ToolView, order: Order, version: string) => Promise<Applied>;
  /** Takes what somebody changed for theirs; no file is written. */
  readonly keep: (tool: ToolView) => Promise<boolean>;
  /** Back to a copy at once; the way back is in the note. */
  readonly restore: (tool: ToolView, backup: string) => Promise<boolean>;
}

export function useToolActs(): ToolActs {
  const { t } = useI18n();
  const store = useConnect();
  const toasts = useToasts();
  const { busy, failure, run } = useAct();

  /** Copies that an act made, so that undoing it brings back exactly these. */
  function told(before: ToolView, after: ToolView, does: Order['does']): void {
    const known = new Set(before.backups.map(({ name }) => name));
    const copies = after.backups.filter(({ name }) => !known.has(name)).map(({ name }) => name);
    toasts.add({
      kind: 'ok',
      title: t(`connect.done.${does}`, { name: after.name }),
      ...(copies.length === 0 ? {} : { undo: () => void undo(after, copies) }),
    });
  }
  async function restoreAll(tool: ToolView, copies: readonly string[]): Promise<ToolView> {
    let after = tool;
    for (const backup of copies) {
      const order = { does: 'restore', backup } as const;
      const { changes, version } = await store.plan(tool.id, order);
      if (changes.length > 0) after = await store.apply(tool.id, order, version);
    }
    return after;
  }
  async function undo(tool: ToolView, copies: readonly string[]): Promise<void> {
    const done = await run(() => restoreAll(tool, copies), t('connect.notUndone', { name: tool.name }));
    if (done) toasts.add({ kind: 'ok', title: t('connect.undone', { name: tool.name }) });
  }

  return {
    busy,
    failure,
    async apply(tool, order, version) {
      const attempt = async (): Promise<Applied> => {
        try {
          told(tool, await store.apply(tool.id, order, version), order.does);
          return 'done';
        } catch (error) {
          if (!(error instanceof RpcError) || error.code !== 'conflict') throw error;
          return 'moved';
        }
      };
      let applied: Applied = 'failed';
      await run(async () => {
        applied = await attempt();
      });
      return applied;
    },
    keep: (tool) =>
      run(
        async () => {
          const order = { does: 'keep' } as const;
          const { version } = await store.plan(tool.id, order);
          told(tool, await store.apply(tool.id, order, version), order.does);
        },
        t('connect.notKept', { name: tool.name }),
      ),
    restore: (tool, backup) =>
      run(
        async () => told(tool, await restoreAll(tool, [backup]), 'restore'),
        t('connect.notRestored', { name: tool.name }),
      ),
  };
}
