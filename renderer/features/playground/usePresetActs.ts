/** Presets saved, taken over, renamed and deleted, and how that is taken back. */
import { useI18n } from 'vue-i18n';
import type { Conversation, ConversationColumn } from '../../../contract/rpc/procedures/conversations.ts';
import type { Preset } from '../../../contract/rpc/procedures/presets.ts';
import { useAct } from '../../shared/composables/useAct.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { presetOf, usePresets } from './presets.ts';
import { usePlayground } from './store.ts';

export interface PresetActs {
  readonly save: (name: string) => Promise<void>;
  /** @param all its parameters go to every column; else to this one */
  readonly apply: (preset: Preset, all: boolean) => void;
  readonly rename: (preset: Preset, name: string) => Promise<void>;
  readonly remove: (preset: Preset) => Promise<void>;
}

export function usePresetActs(
  conversation: () => Conversation,
  column: () => ConversationColumn,
): PresetActs {
  const { t } = useI18n();
  const store = usePlayground();
  const presets = usePresets();
  const toasts = useToasts();
  const acting = useAct();

  /** What a preset replaces is written down first: a long prompt is soon overwritten. */
  function replace(preset: Preset, columns: readonly ConversationColumn[]): void {
    const { system, tools, toolChoice, autoContinue, format, parameters } = preset;
    store.change({ system, tools, toolChoice, autoContinue, format });
    for (const { id } of columns) store.changeColumn(id, { parameters });
  }

  return {
    async save(name) {
      const preset = presetOf(conversation(), column(), name);
      const done = await acting.run(() => presets.save(preset), t('playground.preset.notSaved'));
      if (done) toasts.add({ kind: 'ok', title: t('playground.preset.saved', { name }) });
    },
    apply(preset, all) {
      const before = conversation();
      const columns = all ? before.columns : [column()];
      replace(preset, columns);
      toasts.add({
        kind: 'ok',
        title: t('playground.preset.applied', { name: preset.name }),
        undo() {
          if (store.current?.id !== before.id) return;
          const { system, tools, toolChoice, autoContinue, format } = before;
          store.change({ system, tools, toolChoice, autoContinue, format });
          for (const { id, parameters } of columns) store.changeColumn(id, { parameters });
        },
      });
    },
    async rename(preset, name) {
      const done = await acting.run(() => presets.save({ ...preset, name }), t('playground.preset.notSaved'));
      if (!done) return;
      toasts.add({
        kind: 'ok',
        title: t('playground.preset.renamedTo', { from: preset.name, name }),
        undo: () => void acting.run(() => presets.save(preset), t('playground.preset.notSaved')),
      });
    },
    async remove(preset) {
      const done = await acting.run(() => presets.remove(preset.id), t('playground.preset.notDeleted'));
      if (!done) return;
      toasts.add({
        kind: 'ok',
        title: t('playground.preset.deleted', { name: preset.name }),
        undo: () => void acting.run(() => presets.save(preset), t('playground.preset.notSaved')),
      });
    },
  };
}
