/** Every route of the data plane, in one list: what a client with a key may ask for. */
import type { OfferedModel } from '../core/dialect.ts';
import type { Exchange } from '../core/exchange.ts';
import type { Route } from './route.ts';
import { modelRoutes } from './routes/models.ts';
import { openaiChatRoute } from './routes/openai-chat.ts';

export interface DataPlane {
  /** The pipeline; resolves when the response has ended or its client has left. */
  readonly chat: (exchange: Exchange) => Promise<void>;
  /** May wait for lists that are being read. */
  readonly models: () => readonly OfferedModel[] | Promise<readonly OfferedModel[]>;
}

export function dataRoutes({ chat, models }: DataPlane): readonly Route[] {
  return [openaiChatRoute(chat), ...modelRoutes(models)];
}
