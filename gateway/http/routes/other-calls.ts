/** Embeddings, images and audio. */
import { GatewayError } from '../../core/errors.ts';
import type { OtherCall, OtherKind } from '../../core/other-call.ts';
import type { Route } from '../route.ts';
import { BODY_DECIDES, exchangeOf } from './exchange.ts';
import { askedModel, geminiPaths, VERSIONS } from './gemini.ts';

/** Answers one call; resolves when the response has ended or its client has left. Never rejects. */
export type Other = (call: OtherCall) => Promise<void>;

/** What a call below `images` and `audio` may be named, so that no address leads out of there. */
const CALL = /^[a-z][a-z0-9_-]{0,63}$/;

export function otherRoutes(other: Other): readonly Route[] {
  return [
    openai(other, '/v1/embeddings', 'json', () => ({
      format: 'openai',
      serves: 'embeddings',
      path: 'embeddings',
    })),
    ...(['images', 'audio'] as const).map((serves) =>
      openai(other, `/v1/${serves}/:call`, 'media', (call) => {
        if (CALL.test(call)) return { format: 'openai', serves, path: `${serves}/${call}` };
        const message = `There is no call ${JSON.stringify(call.slice(0, 64))} for ${serves}.`;
        throw new GatewayError('not_found', message);
      }),
    ),
    ...VERSIONS.flatMap((version) => [...gemini(other, version, false), ...gemini(other, version, true)]),
  ];
}

function openai(
  other: Other,
  path: string,
  body: 'json' | 'media',
  kindOf: (call: string) => OtherKind,
): Route {
  return {
    method: 'POST',
    path,
    access: 'data',
    body,
    errors: 'openai-chat',
    handle(ctx, visit) {
      const kind = kindOf(visit.params['call'] ?? '');
      const asked = { shape: 'openai-chat', path: BODY_DECIDES, operation: 'other' } as const;
      return other({ exchange: exchangeOf(ctx, visit, asked), kind });
    },
  };
}

function gemini(other: Other, version: string, batch: boolean): readonly Route[] {
  return geminiPaths(version, batch ? 'batchEmbedContents' : 'embedContent').map((path) => ({
    method: 'POST',
    path,
    access: 'data',
    body: 'json',
    errors: 'gemini',
    handle(ctx, visit) {
      const asked = { model: askedModel(visit.params), streamed: false, framing: 'sse' } as const;
      const exchange = exchangeOf(ctx, visit, { shape: 'gemini', path: asked, operation: 'other' });
      return other({ exchange, kind: { format: 'gemini', batch } });
    },
  }));
}
