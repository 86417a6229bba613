/** Keys taken out of the secret store and of memory, so that they can be put back when the act fails or is undone. */
import type { KeyConfig } from '../../contract/config/provider.ts';
import { inStore } from './in-store.ts';
import type { ControlPorts } from './ports.ts';

type Ports = Pick<ControlPorts, 'memoryKeys' | 'rebuild' | 'ring'>;

export interface TakenKeys {
  putBack(): Promise<void>;
}

/**
 * All or none: what was taken before a failure comes back.
 * @param keys of this provider, as the configuration or the memory holds them
 * @throws RpcError `unavailable` with the store's own sentence
 */
export async function takeKeys(
  provider: string,
  keys: readonly KeyConfig[],
  ports: Ports,
): Promise<TakenKeys> {
  const inMemory: KeyConfig[] = [];
  const stored: { readonly id: string; readonly secret: string }[] = [];
  async function putBack(): Promise<void> {
    for (const key of inMemory) ports.memoryKeys.put(provider, key);
    await inStore(async () => {
      for (const { id, secret } of stored) await ports.ring.put(provider, id, secret);
    });
    ports.rebuild();
  }
  try {
    await inStore(async () => {
      for (const key of keys) {
        const held = ports.memoryKeys.find(provider, key.id);
        // A value that stands in the file goes with its entry.
        if (held === undefined && key.value === undefined) {
          const secret = ports.ring.secretOf(provider, key);
          await ports.ring.drop(provider, key.id);
          if (secret !== undefined) stored.push({ id: key.id, secret });
        }
        if (held !== undefined) inMemory.push(held);
      }
    });
    for (const { id } of inMemory) ports.memoryKeys.remove(provider, id);
  } catch (error) {
    await putBack();
    throw error;
  }
  return { putBack };
}
