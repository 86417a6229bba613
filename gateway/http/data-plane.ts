/** Every route of the data plane, in one list: what a client with a key may ask for. */
import type { Route } from './route.ts';
import { chatRoutes, type Chat } from './routes/chat.ts';
import { geminiRoutes } from './routes/gemini.ts';
import { modelRoutes, type OfferedModels } from './routes/models.ts';
import { notKeptRoutes } from './routes/not-kept.ts';
import { ollamaRoutes } from './routes/ollama.ts';
import { otherRoutes, type Other } from './routes/other-calls.ts';

export interface DataPlane {
  readonly chat: Chat;
  readonly other: Other;
  readonly models: OfferedModels;
}

export function dataRoutes({ chat, other, models }: DataPlane): readonly Route[] {
  return [
    ...chatRoutes(chat),
    ...geminiRoutes(chat),
    ...otherRoutes(other),
    ...ollamaRoutes(chat, models),
    ...modelRoutes(models),
    // Behind the rest: `/v1/responses/*` would take `input_tokens` for an id.
    ...notKeptRoutes,
  ];
}
