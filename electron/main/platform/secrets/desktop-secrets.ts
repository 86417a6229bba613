/** The place for keys of the desktop app, with all its parts. */
import { join } from 'node:path';
import type { Clock, Logger } from '../../../../gateway/index.ts';
import { createHelperLink, type StartHelper } from './helper-link.ts';
import { keychainName } from './keychain-problem.ts';
import { createKeychainSecrets, serviceOf } from './keychain-secrets.ts';
import { createPlaceChoice } from './place-choice.ts';
import { openSealedPlace } from './sealed-place.ts';
import { createSecretPlace, type SecretPlaceManager } from './secret-place.ts';

export interface DesktopSecretsOptions {
  /** Exists and is locked by this process. */
  readonly dataFolder: string;
  /** The data folder where none was asked for. */
  readonly usualFolder: string;
  readonly platform: string;
  readonly startHelper: StartHelper;
  readonly clock: Clock;
  readonly logger: Logger;
  /** See SecretPlacePorts. */
  readonly changed: () => void;
}

/** Begins to look at the keychain at once. `close` it after the gateway was drained. */
export function openDesktopSecrets(options: DesktopSecretsOptions): SecretPlaceManager {
  const { dataFolder, usualFolder, platform, startHelper, clock, logger, changed } = options;
  const link = createHelperLink({ start: startHelper, clock });
  const file = join(dataFolder, 'secrets.enc');
  return createSecretPlace({
    keychain: createKeychainSecrets({ link, platform, service: serviceOf(dataFolder, usualFolder) }),
    keychainName: keychainName(platform),
    sealed: { file, open: (passphrase) => openSealedPlace(file, passphrase) },
    choice: createPlaceChoice(join(dataFolder, 'secret-place.json')),
    clock,
    logger,
    changed,
    closed: () => link.close(),
  });
}
