/** What the playground needs of the engine, and nobody else. */
import type { Duplex } from 'node:stream';
import type { StreamRedactor } from '../core/redact-stream.ts';
import type { ChatFiles } from '../state/chat-files.ts';
import type { Conversations } from '../state/conversations.ts';
import type { Presets } from '../state/presets.ts';
import type { RowWatch } from './playground-rows.ts';

export interface PlaygroundPorts {
  /** Opens a connection within the process to this gateway's own HTTP surface, for one request of this id. */
  readonly connect: () => { readonly id: string; readonly socket: Duplex };
  readonly rows: RowWatch;
  /** Takes secrets out of one text that comes in pieces. */
  readonly streamRedactor: () => StreamRedactor;
  readonly conversations: Conversations;
  readonly chatFiles: ChatFiles;
  readonly presets: Presets;
  /** Takes registered secrets out of a person's or a model's words. */
  readonly values: (text: string) => string;
  /** Takes secrets out of an error's text. */
  readonly redact: (text: string) => string;
}
