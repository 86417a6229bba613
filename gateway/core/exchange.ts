/** One request of a client, between the HTTP surface (which made it) and the pipeline (which answers it). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BodyPolicy, ClientConfig } from '../../contract/config/schema.ts';
import type { ClientShapeId, RequestPath } from './client-shape.ts';

export interface Exchange {
  readonly id: string;
  readonly shape: ClientShapeId;
  readonly path: RequestPath;
  /** `count`: how many tokens the request would be, not its answer; `other`: no chat at all (core/other-call.ts). */
  readonly operation: 'chat' | 'count' | 'other';
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The whole body, read within the limits; decompressed when the client compressed it. */
  readonly body: Uint8Array;
  /** The configured client whose key was brought; null where no key is needed. */
  readonly client: ClientConfig | null;
  /** What the client's headers ask for; can only lower what the configuration keeps. */
  readonly logWish: BodyPolicy | null;
  /** Monotonic and wall clock when the head of the request had arrived, ms. */
  readonly arrivedAt: number;
  readonly arrivedAtWall: number;
}
