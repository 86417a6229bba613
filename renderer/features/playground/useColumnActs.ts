/** What is done in one column, and how it is taken back. */
import { useI18n } from 'vue-i18n';
import type { Conversation } from '../../../contract/rpc/procedures/conversations.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { usePlayground } from './store.ts';
import { findColumn, findTurn, siblingsOf } from './tree.ts';

export interface ColumnActs {
  /** @param model another one than the column's, for this answer alone; null for the column's own */
  readonly again: (turn: string, model: string | null) => void;
  readonly removeTurn: (turn: string) => Promise<void>;
  readonly step: (turn: string, by: -1 | 1) => void;
  readonly copyParameters: () => void;
  readonly removeColumn: () => void;
}

export function useColumnActs(conversation: () => Conversation, column: () => string): ColumnActs {
  const { t } = useI18n();
  const store = usePlayground();
  const toasts = useToasts();

  return {
    again: (turn, model) => store.regenerate(turn, column(), model ?? undefined),
    async removeTurn(turn) {
      const undo = await store.deleteBranch(turn);
      if (undo !== null) toasts.add({ kind: 'ok', title: t('playground.deletedTurn'), undo });
    },
    step(turn, by) {
      const found = findTurn(conversation(), turn);
      if (found === undefined) return;
      const versions = siblingsOf(conversation(), column(), found);
      const next = versions[versions.findIndex(({ id }) => id === turn) + by];
      if (next !== undefined) store.choose(next.id, column());
    },
    copyParameters() {
      const parameters = findColumn(conversation(), column())?.parameters;
      if (parameters === undefined) return;
      for (const { id } of conversation().columns) {
        if (id !== column()) store.changeColumn(id, { parameters });
      }
      toasts.add({ kind: 'ok', title: t('playground.column.parametersCopied') });
    },
    removeColumn() {
      const model = findColumn(conversation(), column())?.model ?? '';
      const undo = store.removeColumn(column());
      if (undo !== null) toasts.add({ kind: 'ok', title: t('playground.column.removed', { model }), undo });
    },
  };
}
