/** Acts on the secret store, its problem told to whoever asked. */
import { RpcError } from '../../contract/rpc/errors.ts';
import { SecretStoreError } from '../core/ports.ts';

/** @throws RpcError `unavailable` with the store's own sentence */
export async function inStore(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof SecretStoreError) throw new RpcError('unavailable', error.message);
    throw error;
  }
}
