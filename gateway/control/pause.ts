/** Pausing and resuming the gateway. */
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { ControlPorts } from './ports.ts';

export function pauseHandlers({
  pause,
  status,
}: Pick<ControlPorts, 'pause' | 'status'>): Pick<Handlers, 'gateway.pause'> {
  return {
    'gateway.pause'({ paused }) {
      pause(paused);
      return Promise.resolve(status());
    },
  };
}
