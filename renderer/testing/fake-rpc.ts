/** A control plane in memory: answers as a test says, tells events when a test tells them. */
import { ref, type Ref } from 'vue';
import type { OutputOf, ProgressOf, RawInputOf } from '../../contract/rpc/define.ts';
import { RpcError } from '../../contract/rpc/errors.ts';
import type { ProcedureName, Procedures } from '../../contract/rpc/procedures.ts';
import type { ConnectionState, Rpc, RpcEvent, RpcListener } from '../shared/rpc/rpc.ts';

/** Answers of a test, for the procedures it needs. */
export type Answers = {
  readonly [Name in ProcedureName]?: (
    input: RawInputOf<Procedures[Name]>,
    tell: (progress: ProgressOf<Procedures[Name]>) => void,
    signal: AbortSignal | undefined,
  ) => OutputOf<Procedures[Name]> | Promise<OutputOf<Procedures[Name]>>;
};

export interface FakeRpc extends Rpc {
  readonly connection: Ref<ConnectionState>;
  /** Every call so far, in order. */
  readonly calls: readonly { readonly name: ProcedureName; readonly input: unknown }[];
  emit(event: RpcEvent): void;
  readonly listeners: number;
}

export function createFakeRpc(answers: Answers): FakeRpc {
  const calls: { name: ProcedureName; input: unknown }[] = [];
  const subscribers = new Set<{ readonly topics: readonly string[]; readonly listener: RpcListener }>();

  return {
    calls,
    connection: ref('connected'),
    get listeners() {
      return subscribers.size;
    },
    async call(name, input) {
      calls.push({ name, input });
      const answer = answers[name];
      if (answer === undefined) throw new RpcError('not_found', `The test has no answer for ${name}.`);
      return answer(input, () => undefined, undefined);
    },
    async follow(name, input, tell, signal) {
      calls.push({ name, input });
      const answer = answers[name];
      if (answer === undefined) throw new RpcError('not_found', `The test has no answer for ${name}.`);
      return answer(input, tell, signal);
    },
    subscribe(topics, listener) {
      const subscriber = { topics, listener };
      subscribers.add(subscriber);
      return () => void subscribers.delete(subscriber);
    },
    emit(event) {
      for (const { topics, listener } of [...subscribers]) {
        if (event.topic === 'reset' || topics.includes(event.topic)) listener(event);
      }
    },
  };
}
