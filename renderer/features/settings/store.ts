/** Settings in force: a snapshot of the engine's, read again when the configuration changes. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type {
  PortHolder,
  SettingPath,
  SettingsView,
  SettingValue,
  SettingView,
} from '../../../contract/rpc/procedures/settings.ts';
import { useAnswers } from '../../shared/composables/useAnswers.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';

export const useSettings = defineStore('settings', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const view = shallowRef<SettingsView | null>(null);
  useAnswers().held(() => {
    view.value = null;
  });
  const failure = shallowRef<unknown>(null);
  /** What was changed while the page is open, the last one at the end. */
  const recent = shallowRef<readonly SettingPath[]>([]);
  const byPath = computed(
    () => new Map<string, SettingView>(view.value?.settings.map((setting) => [setting.path, setting])),
  );

  async function read(): Promise<void> {
    try {
      view.value = await rpc.call('settings.list', {});
      failure.value = null;
    } catch (error) {
      failure.value = error;
    }
  }

  const touched = (path: SettingPath): void => {
    recent.value = [...recent.value.filter((other) => other !== path), path];
  };
  /** What can be taken back here: not what others changed since. */
  const undoable = computed(() => recent.value.filter((path) => byPath.value.get(path)?.undoable === true));

  return {
    view,
    failure,
    byPath,
    undoable,
    read,
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['config.changed', 'requests.cleared'], () => void read());
      void read();
      recent.value = [];
      return stop;
    },
    /** Resolves when the value is in force. @throws RpcError as the gateway said it */
    async set(path: SettingPath, value: SettingValue): Promise<void> {
      view.value = await rpc.call('settings.set', {
        path,
        value: typeof value === 'object' ? [...value] : value,
      });
      touched(path);
    },
    /** Back to the default. @throws RpcError as the gateway said it */
    async reset(path: SettingPath): Promise<void> {
      view.value = await rpc.call('settings.reset', { path });
      touched(path);
    },
    /** Takes the last change of it back. @throws RpcError as the gateway said it */
    async undo(path: SettingPath): Promise<void> {
      view.value = await rpc.call('settings.undo', { path });
      recent.value = recent.value.filter((other) => other !== path);
    },
    /** Who holds a port, and the next one that is free. */
    portNews: (from: number): Promise<{ port: number | null; holder: PortHolder | null }> =>
      rpc.call('settings.freePort', { from }),
  };
});
