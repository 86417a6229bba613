/** Finds the route of a request; what is registered here is everything that can ever run. */
import { Router } from '@koa/router';
import { GatewayError } from '../core/errors.ts';
import { chatPathOf, shapeOfPath } from './path-shape.ts';
import type { ErrorEnvelope, Route, RouteAccess } from './route.ts';

export interface FoundRoute {
  /** Null when no route has this path and method. */
  readonly route: Route | null;
  readonly params: Readonly<Record<string, string>>;
  /** Methods that the path knows; empty for an unknown path. */
  readonly methods: readonly string[];
  /** What the guard judges by, also where there is no route. */
  readonly access: RouteAccess;
  readonly errors: ErrorEnvelope;
}

export interface RouteTable {
  readonly routes: readonly Route[];
  /** @param path without the query, still percent-encoded */
  find(method: string, path: string): FoundRoute;
}

/** @throws Error for a path that is no valid pattern */
export function createRouteTable(routes: readonly Route[]): RouteTable {
  const router = new Router();
  routes.forEach((route, index) => {
    // The router only matches; the handler runs from app.ts, behind the guard.
    router.register(route.path, [route.method], () => undefined, { name: String(index) });
  });
  const routeOf = (layer: { readonly name: string | undefined }): Route | undefined =>
    layer.name === undefined ? undefined : routes[Number(layer.name)];

  const search: RouteTable['find'] = (method, path) => {
    const matched = router.match(path, method);
    const [layer] = matched.pathAndMethod;
    const route = layer === undefined ? undefined : routeOf(layer);
    if (layer !== undefined && route !== undefined) {
      const params = layer.params(path, layer.captures(path));
      return { route, params, methods: layer.methods, access: route.access, errors: route.errors };
    }
    const neighbours = matched.path.flatMap((other) => routeOf(other) ?? []);
    return {
      route: null,
      params: {},
      methods: [...new Set(matched.path.flatMap((other) => other.methods))],
      // Nobody registered it, so nobody said it is harmless.
      access: neighbours.some((other) => other.access === 'session') ? 'session' : 'data',
      errors: neighbours[0]?.errors ?? shapeOfPath(path),
    };
  };

  // What is found at a path without parameters never changes; the router tries pattern after pattern.
  const plain = routes.filter(({ path }) => /^[\w/.-]+$/.test(path));
  const found = new Map<string, FoundRoute>(
    plain.map(({ method, path }) => [`${method} ${path}`, search(method, path)]),
  );
  return { routes, find: (method, path) => found.get(`${method} ${path}`) ?? search(method, path) };
}

/**
 * Why nothing was found: an unknown path, or a method that this path does not take.
 * @param hint what there is instead
 */
export function noRoute(
  method: string,
  path: string,
  methods: readonly string[],
  hint = `Chat is POST ${chatPathOf(path)}.`,
): GatewayError {
  const wanted = `${method} ${path.slice(0, 200)}`;
  if (methods.length > 0) {
    const message = `There is no ${wanted}; this path takes ${methods.join(', ')}.`;
    return new GatewayError('method_not_allowed', message);
  }
  return new GatewayError('not_found', `There is no ${wanted}. ${hint}`);
}
