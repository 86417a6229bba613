/** What a host does about restores at its start, before anything of the data folder is opened. */
import type { Clock, ConfigFile, Logger, SecretStore } from '../core/ports.ts';
import { SecretStoreError } from '../core/ports.ts';
import { applyRestore, type AppliedRestore } from './apply.ts';

/** A keychain that asks the user something may take for ever; the start waits so long for each answer, ms. */
const PATIENCE = 10_000;

/**
 * Puts a prepared restore into use, also one that a kill cut short. One whose keys have no place yet waits for the
 * next start, and everything stays as it is.
 */
export async function finishRestore(options: {
  readonly dataFolder: string;
  readonly configFile: Pick<ConfigFile, 'location' | 'write'>;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly logger: Logger;
}): Promise<AppliedRestore | null> {
  const { clock, logger } = options;
  try {
    const applied = await applyRestore({ ...options, secrets: patient(options.secrets, clock) });
    if (applied !== null) {
      logger.info('A back-up was restored', {
        made: new Date(applied.created).toISOString(),
        before: applied.kept,
      });
      if (applied.configAside !== null) {
        logger.warn(
          'Its configuration was not put into use: the one in use cannot be replaced, or is not the one it was prepared for',
          {
            inUse: options.configFile.location,
            restored: applied.configAside,
          },
        );
      }
    }
    return applied;
  } catch (error) {
    if (!(error instanceof SecretStoreError)) throw error;
    logger.warn('The restore waits for the next start: its keys cannot be kept now', {
      reason: error.message,
    });
    return null;
  }
}

function patient(store: SecretStore, clock: Clock): SecretStore {
  const inTime = <T>(answer: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const cancel = clock.after(PATIENCE, () =>
        reject(new SecretStoreError('unavailable', 'The place where keys are kept does not answer.')),
      );
      void answer.then(resolve, reject).finally(cancel);
    });
  return {
    kind: store.kind,
    get: (name) => inTime(store.get(name)),
    set: (name, value) => inTime(store.set(name, value)),
    delete: (name) => inTime(store.delete(name)),
  };
}
