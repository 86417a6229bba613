/** Acts on the secret store, its problem told to whoever asked. */
import { SecretStoreError } from '../core/ports.ts';
import { refused } from '../core/refusals.ts';

/** @throws RpcError `unavailable` with the store's own sentence */
export async function inStore(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof SecretStoreError)
      throw refused('key-store', { words: error.message }, undefined, error.told);
    throw error;
  }
}
