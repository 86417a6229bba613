/** Compares what a client brought with what is configured, in a time that tells nothing about either. */
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { ClientConfig } from '../../../contract/config/schema.ts';

export interface SecretMatch {
  /** The client one of the presented keys belongs to; every configured key is looked at. */
  readonly findClient: (
    clients: readonly ClientConfig[],
    presented: readonly string[],
  ) => ClientConfig | null;
  readonly equal: (left: string, right: string) => boolean;
}

/**
 * Both sides go through an HMAC first: digests have one length (`timingSafeEqual` throws on unequal ones)
 * and what is compared cannot be steered by the client.
 * @param blind random bytes of this process, never stored
 */
export function createSecretMatch(blind: Uint8Array): SecretMatch {
  // Made once: importing the key again for every digest costs seven times the digest.
  const key = createSecretKey(blind);
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  // Keyed by the list itself: a changed configuration brings a new list.
  const digests = new WeakMap<readonly ClientConfig[], readonly Buffer[]>();

  function digestsOf(clients: readonly ClientConfig[]): readonly Buffer[] {
    const known = digests.get(clients);
    if (known !== undefined) return known;
    const made = clients.map((client) => digest(client.key));
    digests.set(clients, made);
    return made;
  }

  return {
    findClient(clients, presented) {
      const configured = digestsOf(clients);
      let found: ClientConfig | null = null;
      for (const secret of presented) {
        const brought = digest(secret);
        configured.forEach((expected, index) => {
          if (timingSafeEqual(brought, expected)) found = clients[index] ?? null;
        });
      }
      return found;
    },
    equal: (left, right) => timingSafeEqual(digest(left), digest(right)),
  };
}
