/** Where a page goes when its gateway has moved. Pure. */

/**
 * @param page address of the page
 * @param before base address the gateway had
 * @param now base address it has
 * @returns the same page at the new port, under the name it was opened with; null where the page did not come
 * from the old port: behind a proxy or a published port nothing has changed for it, and the desktop has no port
 */
export function movedPlace(page: string, before: string, now: string): string | null {
  if (before === '' || now === '' || !page.startsWith('http:')) return null;
  const place = new URL(page);
  const from = portOf(new URL(before));
  const to = portOf(new URL(now));
  if (from === to || portOf(place) !== from) return null;
  place.port = to;
  return place.href;
}

/** Left out where it is that of the scheme. */
const portOf = ({ port }: URL): string => (port === '' ? '80' : port);
