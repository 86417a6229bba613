/** A secret on the clipboard for a while: taken off again unless something else was copied meanwhile. */
import type { Clock, Logger } from '../../../../gateway/index.ts';

/** How long a secret stays, ms. */
export const CLEARS_AFTER = 60_000;

export interface Clipboard {
  readText(): Promise<string>;
  writeText(text: string): Promise<void>;
}

export interface ClipboardLease {
  /** Puts a secret there. */
  put(secret: string): Promise<void>;
  /** Takes it off now, as when the app is quit. Never rejects. */
  end(): Promise<void>;
}

export function createClipboardLease(ports: {
  readonly clipboard: Clipboard;
  readonly clock: Clock;
  readonly logger: Logger;
}): ClipboardLease {
  const { clipboard, clock, logger } = ports;
  let lent: string | undefined;
  let cancel: () => void = () => undefined;

  async function end(): Promise<void> {
    cancel();
    const secret = lent;
    lent = undefined;
    if (secret === undefined) return;
    try {
      if ((await clipboard.readText()) === secret) await clipboard.writeText('');
    } catch (error) {
      logger.warn('the clipboard could not be cleared of a key', {
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }

  return {
    async put(secret) {
      cancel();
      lent = secret;
      await clipboard.writeText(secret);
      cancel = clock.after(CLEARS_AFTER, () => void end());
    },
    end,
  };
}
