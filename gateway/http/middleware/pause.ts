/** While the user has paused the gateway, nobody uses its data plane. */
import { GatewayError } from '../../core/errors.ts';
import type { RouteAccess } from '../route.ts';

/** Judged by the access a route declares, so no route can be forgotten. @throws GatewayError `paused` */
export function refuseWhilePaused(access: RouteAccess, paused: boolean): void {
  if (!paused || access !== 'data') return;
  throw new GatewayError(
    'paused',
    'The gateway is paused and sends nothing to any provider. Resume it in the tray menu or on the Overview page of its interface.',
  );
}
