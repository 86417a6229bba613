/** Chat in Gemini's format, whose addresses name the model: `models/{model}:generateContent`. */
import type { Framing } from '../../core/client-shape.ts';
import type { Exchange } from '../../core/exchange.ts';
import type { Route, Visit } from '../route.ts';
import type { Chat } from './chat.ts';
import { exchangeOf } from './exchange.ts';

/** Versions of the API that its SDKs name. */
export const VERSIONS = ['v1beta', 'v1'] as const;

/**
 * The model's name may hold slashes and colons, as they are or percent-encoded; the method is what follows last. The
 * AI SDK leaves `models/` out where the name has a slash, as all names with a provider have.
 */
export const geminiPaths = (version: string, method: string): readonly string[] => [
  `/${version}/models/*model\\:${method}`,
  `/${version}/:provider/*model\\:${method}`,
];

export function geminiRoutes(chat: Chat): readonly Route[] {
  const routes = (
    version: string,
    method: string,
    streamed: boolean,
    operation: Exchange['operation'] = 'chat',
  ): readonly Route[] =>
    geminiPaths(version, method).map((path) => ({
      method: 'POST',
      path,
      access: 'data',
      body: 'json',
      errors: 'gemini',
      handle(ctx, visit) {
        const framing = streamed ? framingOf(ctx.querystring) : 'sse';
        const asked = { model: askedModel(visit.params), streamed, framing } as const;
        return chat(exchangeOf(ctx, visit, { shape: 'gemini', path: asked, operation }));
      },
    }));
  return VERSIONS.flatMap((version) => [
    ...routes(version, 'generateContent', false),
    ...routes(version, 'streamGenerateContent', true),
    ...routes(version, 'countTokens', false, 'count'),
  ]);
}

/** The model an address names, in either way. */
export function askedModel({ provider, model = '' }: Visit['params']): string {
  return provider === undefined ? geminiModel(model) : `${provider}/${model}`;
}

/** Some clients write the resource's whole name: `models/gemini-2.5-pro`. */
export const geminiModel = (name: string): string => name.replace(/^models\//, '');

/** Without `alt=sse` the stream is one JSON array, sent piece by piece. */
function framingOf(query: string): Framing {
  const parameters = new URLSearchParams(query);
  return (parameters.get('alt') ?? parameters.get('$alt')) === 'sse' ? 'sse' : 'json-array';
}
