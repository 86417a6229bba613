/** The desktop app around the pages: what it is set to, and how the place of its keys fares. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { RawInputOf } from '../../../contract/rpc/define.ts';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type {
  DesktopInfo,
  DesktopProcedures,
  SecretPlace,
} from '../../../contract/rpc/procedures/desktop.ts';
import { useDesktop } from '../rpc/desktop.ts';
import { useRpc } from '../rpc/rpc.ts';

export type DesktopSettings = RawInputOf<DesktopProcedures['desktop.set']>;

export const useDesktopHost = defineStore('desktop-host', () => {
  const desktop = useDesktop();
  const rpc = useRpc();
  /** Null in a browser, and until the first answer. */
  const info = shallowRef<DesktopInfo | null>(null);
  const failure = shallowRef<unknown>(null);
  const present = desktop !== null;
  /** The place of the keys while it needs the user, else null. */
  const troubled = computed(() => {
    const secrets = info.value?.secrets;
    return secrets === undefined || secrets.state === 'ready' ? null : secrets;
  });

  async function read(): Promise<void> {
    if (desktop === null) return;
    try {
      info.value = await desktop.call('desktop.info', {});
      failure.value = null;
    } catch (error) {
      failure.value = error;
    }
  }
  function place(secrets: SecretPlace): SecretPlace {
    if (info.value !== null) info.value = { ...info.value, secrets };
    return secrets;
  }
  function host() {
    if (desktop === null) throw new Error('This page is not in the desktop app.');
    return desktop;
  }

  return {
    present,
    info,
    failure,
    troubled,
    read,
    /** Reads again whenever the gateway changes: the keychain tells its troubles there. @returns how to stop */
    follow(): () => void {
      if (!present) return () => undefined;
      void read();
      return rpc.subscribe(['gateway.changed'], () => void read());
    },
    async set(changes: DesktopSettings): Promise<void> {
      info.value = await host().call('desktop.set', changes);
    },
    /** Tries the keychain again. @throws RpcError with what it told when it is still not ready */
    async retrySecrets(): Promise<void> {
      const { state, message, told } = place(await host().call('secrets.retry', {}));
      if (state !== 'ready') throw new RpcError('unavailable', message ?? '', undefined, told ?? undefined);
    },
    /** Consent to a sealed file, or the passphrase of the one that waits for it. */
    useSealed: async (passphrase: string) => place(await host().call('secrets.useSealed', { passphrase })),
    openDataFolder: () => host().call('desktop.openDataFolder', {}),
    /** Shows a notification as others look. */
    tryNotification: () => host().call('desktop.tryNotification', {}),
  };
});
