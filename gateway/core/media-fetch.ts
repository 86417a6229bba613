/** Images and files by address, fetched by the gateway where a target cannot. */

export interface FetchedMedia {
  /** As the server calls it, in lower case and without parameters; empty where it does not say. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * Fetches one public address, without any credential.
 * @param most bytes
 * @throws GatewayError `media_refused`, naming the host and never the rest of the address
 */
export type MediaFetch = (url: string, most: number) => Promise<FetchedMedia>;

/** A host for messages. Paths and queries may hold secrets and are left out. */
export function hostOf(url: string): string {
  return URL.canParse(url)
    ? new URL(url).host || 'an address without a host'
    : 'an address that cannot be read';
}
