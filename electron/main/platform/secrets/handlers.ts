/** Procedures on the place where keys are kept. */
import type { DesktopHandlers } from '../../../../contract/rpc/procedures/desktop.ts';
import type { SecretPlaceManager } from './secret-place.ts';

export function secretHandlers(
  place: Pick<SecretPlaceManager, 'retry' | 'useSealed'>,
): Pick<DesktopHandlers, 'secrets.retry' | 'secrets.useSealed'> {
  return {
    'secrets.retry': () => place.retry(),
    'secrets.useSealed': ({ passphrase }) => place.useSealed(passphrase),
  };
}
