/** Takes a page that a gateway served along when that gateway moves to another port. */
import { watch } from 'vue';
import { useGateway } from '../../shared/composables/useGateway.ts';
import { movedPlace } from './moved-place.ts';

/** The session goes along: cookies belong to a host, not to its port. */
export function useFollowAddress(): void {
  const gateway = useGateway();
  watch(
    () => gateway.status?.address,
    (address, before) => {
      if (address === undefined || before === undefined) return;
      const place = movedPlace(window.location.href, before, address);
      if (place !== null) window.location.replace(place);
    },
  );
}
