/** A key on the clipboard or before its owner's eyes: done here in the host, so that no page ever holds it. */
import type { Config } from '../../../../contract/config/schema.ts';
import type { KeyConfig } from '../../../../contract/config/provider.ts';
import { refusal } from '../../../../contract/rpc/errors.ts';
import type { DesktopHandlers } from '../../../../contract/rpc/procedures/desktop.ts';
import {
  causeOf,
  type Clock,
  say,
  type SecretStore,
  SecretStoreError,
  refused,
} from '../../../../gateway/index.ts';
import { CLEARS_AFTER, type ClipboardLease } from './clipboard-lease.ts';

/** A key is shown no longer than this, ms. */
const SHOWN_FOR = 30_000;

/** What the dialog says, in the user's language. */
export interface RevealTexts {
  /** @param name of the provider, and of the key where it has one */
  readonly title: (name: string) => string;
  /** That the dialog closes by itself, after so many seconds. */
  readonly note: (seconds: number) => string;
  readonly copy: string;
  readonly close: string;
}

export interface KeyPorts {
  /** The configuration in force. */
  readonly config: () => Pick<Config, 'providers'>;
  readonly secrets: Pick<SecretStore, 'get'>;
  readonly clipboard: ClipboardLease;
  readonly clock: Clock;
  readonly texts: () => RevealTexts;
  /** Shows a native dialog until a button is pressed or `signal` fires; answers the button's index, 0 without one. */
  readonly showDialog: (dialog: {
    readonly message: string;
    readonly detail: string;
    readonly buttons: readonly [close: string, copy: string];
    readonly signal: AbortSignal;
  }) => Promise<number>;
  /**
   * Runs `act` when the user turns away: the window is hidden or minimised, the app loses the focus as a whole,
   * the screen is locked. Not on the window's own blur, which the dialog itself causes. Answers how to stop.
   */
  readonly onLookAway: (act: () => void) => () => void;
}

export function keyHandlers(
  ports: KeyPorts,
): Pick<DesktopHandlers, 'keys.copy' | 'keys.reveal' | 'desktop.copySecret'> {
  const { clipboard, clock } = ports;

  async function copy(secret: string): Promise<void> {
    try {
      await clipboard.put(secret);
    } catch (error) {
      throw refusal('unavailable', say('clipboard-refused', {}, causeOf(error)));
    }
  }

  return {
    async 'keys.copy'(key) {
      const { secret } = await findKey(key, ports);
      await copy(secret);
      return { clearsAfter: CLEARS_AFTER };
    },
    async 'desktop.copySecret'({ text }) {
      await copy(text);
      return { clearsAfter: CLEARS_AFTER };
    },
    async 'keys.reveal'(key) {
      const { secret, name } = await findKey(key, ports);
      const texts = ports.texts();
      const over = new AbortController();
      const close = (): void => over.abort();
      const cancel = clock.after(SHOWN_FOR, close);
      const forget = ports.onLookAway(close);
      try {
        const pressed = await ports.showDialog({
          message: texts.title(name),
          detail: `${secret}\n\n${texts.note(SHOWN_FOR / 1_000)}`,
          buttons: [texts.close, texts.copy],
          signal: over.signal,
        });
        if (pressed === 1) await copy(secret);
      } finally {
        cancel();
        forget();
      }
      return null;
    },
  };
}

/** @throws RpcError when there is no such key, or its secret cannot be read */
async function findKey(
  { provider: providerId, id }: { readonly provider: string; readonly id: string },
  { config, secrets }: KeyPorts,
): Promise<{ readonly secret: string; readonly name: string }> {
  const provider = config().providers.find((one) => one.id === providerId);
  const key = provider?.keys.find((one) => one.id === id);
  if (provider === undefined || key === undefined) {
    throw refused('no-key', { provider: providerId, id });
  }
  const title = provider.name ?? provider.id;
  return {
    secret: key.value ?? (await readSecret(`${providerId}/${id}`, key, secrets)),
    name: key.label === '' ? title : `${title} · ${key.label}`,
  };
}

async function readSecret(name: string, key: KeyConfig, secrets: KeyPorts['secrets']): Promise<string> {
  try {
    return await secrets.get(name);
  } catch (error) {
    if (!(error instanceof SecretStoreError)) throw error;
    if (error.problem !== 'not-found') throw refusal('unavailable', error.told);
    const label = key.label === '' ? key.id : key.label;
    throw refusal('not_found', say('secret-gone', { name: label }));
  }
}
