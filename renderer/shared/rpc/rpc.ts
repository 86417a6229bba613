/** The control plane as the interface sees it; whether it is reached over HTTP or in-process is hidden here. */
import { inject, type InjectionKey, type Ref } from 'vue';
import type { OutputOf, ProgressOf, RawInputOf } from '../../../contract/rpc/define.ts';
import type { EventMessage, EventTopic } from '../../../contract/rpc/events.ts';
import type { ProcedureName, Procedures, TellingProcedureName } from '../../../contract/rpc/procedures.ts';

/** What a listener is told. `reset` means that something may have been missed: read the snapshot again. */
export type RpcEvent = EventMessage extends infer Message
  ? Message extends EventMessage
    ? Omit<Message, 'number'>
    : never
  : never;

export type RpcListener = (event: RpcEvent) => void;

/** `reconnecting`: it was or should be connected, and tries again by itself. */
export type ConnectionState = 'connecting' | 'connected' | 'reconnecting';

export interface Rpc {
  /** @throws RpcError with a stable code and a sentence; `Unreachable` when no answer came */
  call<Name extends ProcedureName>(
    name: Name,
    input: RawInputOf<Procedures[Name]>,
  ): Promise<OutputOf<Procedures[Name]>>;
  /**
   * Calls a procedure that tells how far it is. Aborting takes the call back.
   * @throws RpcError as `call` does; `Cancelled` when it was taken back
   */
  follow<Name extends TellingProcedureName>(
    name: Name,
    input: RawInputOf<Procedures[Name]>,
    tell: (progress: ProgressOf<Procedures[Name]>) => void,
    signal?: AbortSignal,
  ): Promise<OutputOf<Procedures[Name]>>;
  /** Subscribe before reading a snapshot, so that nothing falls between the two. @returns how to stop */
  subscribe(topics: readonly EventTopic[], listener: RpcListener): () => void;
  readonly connection: Readonly<Ref<ConnectionState>>;
}

/** The caller took a call back. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

export const rpcKey: InjectionKey<Rpc> = Symbol('rpc');

/** The control plane of this app; for components and stores. */
export function useRpc(): Rpc {
  const rpc = inject(rpcKey);
  if (rpc === undefined) throw new Error('The app was started without a control plane.');
  return rpc;
}
