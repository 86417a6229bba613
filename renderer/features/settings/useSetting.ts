/** One setting as its row shows and changes it. */
import { computed, type ComputedRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { SettingPath, SettingValue, SettingView } from '../../../contract/rpc/procedures/settings.ts';
import { useAct, type Act } from '../../shared/composables/useAct.ts';
import { useSettings } from './store.ts';

export interface Setting {
  readonly view: ComputedRef<SettingView>;
  readonly busy: Readonly<Ref<boolean>>;
  /** Why the last change was not made, in a sentence. */
  readonly failure: Ref<string | null>;
  /** The same in paragraphs and lists; empty where it was made. */
  readonly blocks: Act['blocks'];
  /** True while it can be changed here. */
  readonly open: ComputedRef<boolean>;
  /** Does nothing where the value is in force already. @returns true when it is */
  readonly set: (value: SettingValue) => Promise<boolean>;
  readonly reset: () => Promise<boolean>;
  /** True while the last change of it can be taken back. */
  readonly undoable: ComputedRef<boolean>;
  readonly undo: () => Promise<boolean>;
}

/** Only for components that are shown once the settings are read. */
export function useSetting(path: SettingPath): Setting {
  const store = useSettings();
  const { busy, failure, blocks, run } = useAct();
  const view = computed(() => {
    const found = store.byPath.get(path);
    if (found === undefined) throw new Error(`The gateway told nothing of ${path}.`);
    return found;
  });
  let last: Promise<unknown> = Promise.resolve();
  /** The control stays open meanwhile: one that is disabled loses the focus. */
  function inTurn(act: () => Promise<boolean>): Promise<boolean> {
    const result = busy.value ? last.then(act) : act();
    last = result;
    return result;
  }
  return {
    view,
    busy,
    failure,
    blocks,
    open: computed(() => view.value.lockedBy === null),
    set: (value) =>
      inTurn(async () => {
        if (JSON.stringify(value) !== JSON.stringify(view.value.value))
          return run(() => store.set(path, value));
        failure.value = null;
        return true;
      }),
    reset: () => inTurn(() => run(() => store.reset(path))),
    undoable: computed(() => store.undoable.includes(path)),
    undo: () => inTurn(() => run(() => store.undo(path))),
  };
}

/** @returns the message of an item: `settings.items.server.port.label` */
export function useItemText(id: string): (name: string, values?: Record<string, unknown> | number) => string {
  const { t } = useI18n();
  return (name, values = {}) =>
    typeof values === 'number'
      ? t(`settings.items.${id}.${name}`, values)
      : t(`settings.items.${id}.${name}`, values);
}
