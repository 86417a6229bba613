/** The link of another program that the user is asked about, as the desktop host tells it. */
import { onScopeDispose, shallowRef, type Ref } from 'vue';
import type { LinkOffer } from '../../../contract/rpc/links.ts';
import { useDesktop } from '../../shared/rpc/desktop.ts';

/** @returns null while there is none; always in a browser */
export function useLinks(): Readonly<Ref<LinkOffer | null>> {
  const offer = shallowRef<LinkOffer | null>(null);
  const desktop = useDesktop();
  if (desktop === null) return offer;
  const leaving = new AbortController();
  onScopeDispose(() => leaving.abort());
  desktop
    .follow(
      'desktop.links',
      {},
      (told) => {
        offer.value = told.offer;
      },
      leaving.signal,
    )
    // It ends when the page goes; where it cannot begin, links merely open the window.
    .catch(() => undefined);
  return offer;
}
