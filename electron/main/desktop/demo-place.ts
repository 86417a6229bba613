/** Where keys are kept in a demo: in memory until the app is quit, and nowhere else. */
import { refusal } from '../../../contract/rpc/errors.ts';
import type { SecretPlace } from '../../../contract/rpc/procedures/desktop.ts';
import { createMemorySecrets, say } from '../../../gateway/index.ts';
import type { SecretPlaceManager } from '../platform/secrets/secret-place.ts';

const PLACE: SecretPlace = { kind: 'memory', state: 'ready', message: null, told: null, name: '' };

export function createDemoPlace(): SecretPlaceManager {
  return {
    ...createMemorySecrets(),
    state: () => PLACE,
    opened: Promise.resolve(),
    retry: () => Promise.resolve(PLACE),
    useSealed: () => Promise.reject(refusal('conflict', say('demo-keeps-no-keys'))),
    look: () => undefined,
    close: () => undefined,
  };
}
