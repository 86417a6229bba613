/** Everything the headless host serves beside the data plane, in one list for the guard to judge. */
import type { ControlPlane, Route } from '../../gateway/index.ts';
import type { SessionCookie } from '../auth/cookie.ts';
import type { LogIn } from '../auth/log-in.ts';
import { documentedApi } from './documented-api.ts';
import type { EventStreams } from './event-streams.ts';
import { pageRoutes } from './pages.ts';
import { rpcRoute } from './rpc-route.ts';
import { sessionRoutes } from './session-routes.ts';

/** @param options.rendererFolder the built user interface; it may be missing */
export function hostRoutes(options: {
  readonly control: ControlPlane;
  readonly events: EventStreams;
  readonly logIn: LogIn;
  readonly cookie: SessionCookie;
  readonly rendererFolder: string;
  /** Rows of a page of `GET /api/requests` unless it asks for another number. */
  readonly pageSize: () => number;
}): readonly Route[] {
  const { control, events, logIn, cookie, rendererFolder, pageSize } = options;
  return [
    ...sessionRoutes(logIn, cookie),
    events.route(control),
    rpcRoute(control),
    ...documentedApi(control.handlers, pageSize),
    ...pageRoutes(rendererFolder),
  ];
}
