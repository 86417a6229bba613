/** The token that a printed address brings: `/#token=...`. */

/** @param hash of the address, with its `#` @returns null where there is none */
export function tokenIn(hash: string): string | null {
  const match = /^#token=([A-Za-z0-9_-]+)$/.exec(hash);
  return match?.[1] ?? null;
}

/** Takes the token out of the address, so that neither history nor a copied link keeps it. */
export function takeToken(): string | null {
  const token = tokenIn(window.location.hash);
  if (token !== null) window.history.replaceState(null, '', `${window.location.pathname}#/`);
  return token;
}

/** A printed address that is pasted into an open tab changes its fragment alone: the page begins anew with it. */
export function followPastedToken(
  onMove: (act: () => void) => void,
  hash: () => string,
  reload: () => void,
): void {
  onMove(() => {
    if (tokenIn(hash()) !== null) reload();
  });
}
