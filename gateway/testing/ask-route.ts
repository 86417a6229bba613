/** Requests that have everything a route could wish for, apart from what the test replaces. */
import type { Route } from '../http/route.ts';
import { requestText, samplePath, sendRaw, SESSION, SESSION_COOKIE, type TestApp } from './http-app.ts';

export type Headers = readonly (readonly [string, string])[];

export const BODY = '{"model":"fast"}';
export const JSON_TYPE = ['Content-Type', 'application/json'] as const;
export const CREDENTIALS: Headers = [
  ['Cookie', SESSION_COOKIE],
  ['x-switchyard-csrf', SESSION.csrf],
  ['Authorization', 'Bearer key-1'],
];

/**
 * @param headers replace those of the same names
 * @returns the whole answer, head and body
 */
export function askRoute(
  app: TestApp,
  route: Route,
  headers: Headers,
  target = samplePath(route),
): Promise<string> {
  const replaced = headers.map(([name]) => name.toLowerCase());
  const usual = [...CREDENTIALS, ...(route.method === 'POST' ? [JSON_TYPE] : [])];
  const kept = usual.filter(([name]) => !replaced.includes(name.toLowerCase()));
  const body = route.method === 'POST' ? BODY : '';
  return sendRaw(app.port, requestText(app.port, route.method, target, [...kept, ...headers], body));
}

/** Routes that are there to say why there is nothing, with the status they say it by. */
const NOT_KEPT: Readonly<Record<string, number>> = {
  '/v1/responses/*response': 404,
  '/v1/responses/compact': 400,
  '/v1/conversations{/*rest}': 400,
};

/** @returns the status that a route answers with who has everything */
export const statusAllowed = ({ path }: Route): number => NOT_KEPT[path] ?? 200;
