/** A line for a shell that makes the first request, as this gateway takes it. */
import { computed, shallowRef, type ComputedRef } from 'vue';
import { clientKeyFingerprint } from '../rpc/client-key.ts';
import { useRpc } from '../rpc/rpc.ts';
import { curlCommand } from '../utils/curl-command.ts';
import { useGateway } from './useGateway.ts';

/** @returns null until the gateway has said where it listens */
export function useFirstCommand(): ComputedRef<string | null> {
  const gateway = useGateway();
  const clientKey = shallowRef('');
  void clientKeyFingerprint(useRpc()).then((fingerprint) => (clientKey.value = fingerprint));
  return computed(() =>
    gateway.status === null
      ? null
      : curlCommand(gateway.status.address, gateway.status.demo, clientKey.value !== ''),
  );
}
