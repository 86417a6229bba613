/** Chat in Gemini's format, whose addresses name the model: `models/{model}:generateContent`. */
import type { Framing } from '../../core/client-shape.ts';
import type { Exchange } from '../../core/exchange.ts';
import type { Route } from '../route.ts';
import type { Chat } from './chat.ts';
import { exchangeOf } from './exchange.ts';

/** Versions of the API that its SDKs name. */
export const VERSIONS = ['v1beta', 'v1'] as const;

/** The model's name may hold slashes and colons, as they are or percent-encoded; the method is what follows last. */
export const geminiPath = (version: string, method: string): string =>
  `/${version}/models/*model\\:${method}`;

export function geminiRoutes(chat: Chat): readonly Route[] {
  const route = (
    version: string,
    method: string,
    streamed: boolean,
    operation: Exchange['operation'] = 'chat',
  ): Route => ({
    method: 'POST',
    path: geminiPath(version, method),
    access: 'data',
    body: 'json',
    errors: 'gemini',
    handle(ctx, visit) {
      const path = {
        model: geminiModel(visit.params['model'] ?? ''),
        streamed,
        framing: streamed ? framingOf(ctx.querystring) : 'sse',
      } as const;
      return chat(exchangeOf(ctx, visit, { shape: 'gemini', path, operation }));
    },
  });
  return VERSIONS.flatMap((version) => [
    route(version, 'generateContent', false),
    route(version, 'streamGenerateContent', true),
    route(version, 'countTokens', false, 'count'),
  ]);
}

/** Some clients write the resource's whole name: `models/gemini-2.5-pro`. */
export const geminiModel = (name: string): string => name.replace(/^models\//, '');

/** Without `alt=sse` the stream is one JSON array, sent piece by piece. */
function framingOf(query: string): Framing {
  const parameters = new URLSearchParams(query);
  return (parameters.get('alt') ?? parameters.get('$alt')) === 'sse' ? 'sse' : 'json-array';
}
