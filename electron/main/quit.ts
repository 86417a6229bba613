/** Quitting in good order: what runs may end, then the process does. */
import type { Clock, Logger } from '../../gateway/index.ts';
import { INTERRUPTED, TOLD } from './exit-codes.ts';

/** Wishes to quit closer together than this are one: a terminal sends Ctrl-C to npm and to us, and npm passes its own on, ms. */
const ONE_WISH = 500;

/** The part of Electron's `app` that is used. */
export interface QuittingApp {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  exit(code: number): void;
}

export interface Quitting {
  /** True once the app is to end: windows then close for good. */
  readonly begun: () => boolean;
}

/**
 * @param options.stop ends in good order
 * @returns whether it has begun; a second wish ends the app at once
 */
export function createQuitting(options: {
  readonly app: QuittingApp;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly logger: Logger;
  readonly stop: () => Promise<void>;
  /** What can only be done once everything has ended: putting a newer version in place. */
  readonly finish?: () => void;
}): Quitting {
  const { app, clock, logger, stop, finish } = options;
  let firstAt: number | undefined;

  app.on('before-quit', (event) => {
    const now = clock.monotonic();
    event.preventDefault();
    if (firstAt === undefined) {
      firstAt = now;
      logger.info('Quitting: running requests may end, new ones are refused');
      stop()
        .then(() => finish?.())
        .then(
          () => app.exit(0),
          (error: unknown) => {
            logger.error('Switchyard could not end in good order', { error });
            app.exit(TOLD);
          },
        );
    } else if (now - firstAt > ONE_WISH) app.exit(INTERRUPTED);
  });
  return { begun: () => firstAt !== undefined };
}
