/** Which key tools must bring to the gateway, as far as the interface may know. */
import type { Rpc } from './rpc.ts';

/** Stands in commands where the user puts the client key, which is never read back. */
export const CLIENT_KEY_PLACE = 'YOUR_CLIENT_KEY';

/** @returns its last characters; empty where tools need none, or while the settings cannot be read */
export async function clientKeyFingerprint(rpc: Rpc): Promise<string> {
  try {
    const { settings } = await rpc.call('settings.list', {});
    return String(settings.find(({ path }) => path === 'server.api_key')?.value ?? '');
  } catch {
    // The gateway says which key it wants when a request comes without.
    return '';
  }
}
