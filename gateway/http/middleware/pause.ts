/** While the user has paused the gateway, nobody uses its data plane. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import { failed } from '../../core/failed.ts';
import type { RouteAccess } from '../route.ts';

/** Judged by the access a route declares, so no route can be forgotten. @throws GatewayError `paused` */
export function refuseWhilePaused(access: RouteAccess, paused: boolean): void {
  if (!paused || access !== 'data') return;
  throw failed('paused', remark('gateway-paused'));
}
