/** Links of other programs into this one. Whoever writes one is a stranger: it can show a page, nothing else. */
import { isPageName, type PageName } from '../../../contract/rpc/pages.ts';

/** What a link asks for. */
export interface DeepLink {
  readonly kind: 'open';
  readonly page: PageName;
}

export const LINK_SCHEME = 'switchyard';
const LONGEST_LINK = 2_000;

/** @returns null for anything but `switchyard://open/<page>` */
export function readDeepLink(text: string): DeepLink | null {
  if (text.length > LONGEST_LINK || !URL.canParse(text)) return null;
  const { protocol, host, pathname, search, hash, username, password, port } = new URL(text);
  if (protocol !== `${LINK_SCHEME}:` || host !== 'open') return null;
  if ([search, hash, username, password, port].some((part) => part !== '')) return null;
  const page = pathname.replace(/^\//, '').replace(/\/$/, '');
  return isPageName(page) ? { kind: 'open', page } : null;
}
