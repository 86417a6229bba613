/** Two requests with what is compared of them, as text. */
import { shallowRef, watch, type Ref } from 'vue';
import type { RequestRow } from '../../../contract/log/row.ts';
import { useRpc, type Rpc } from '../../shared/rpc/rpc.ts';
import { layOutJson, textOf } from './json-layout.ts';

export const COMPARED = ['request', 'answer', 'headers'] as const;

export type ComparedTexts = Readonly<Record<(typeof COMPARED)[number], string>>;
export interface Side extends ComparedTexts {
  readonly row: RequestRow;
}

export interface Comparison {
  /** Null until both are there. */
  readonly sides: Readonly<Ref<{ readonly left: Side; readonly right: Side } | null>>;
  readonly failure: Readonly<Ref<unknown>>;
  readonly read: () => Promise<void>;
}

export function useComparison(one: Readonly<Ref<string>>, other: Readonly<Ref<string>>): Comparison {
  const rpc = useRpc();
  const sides = shallowRef<{ readonly left: Side; readonly right: Side } | null>(null);
  const failure = shallowRef<unknown>(null);
  let turn = 0;

  async function read(): Promise<void> {
    turn += 1;
    const mine = turn;
    failure.value = null;
    try {
      const [left, right] = await Promise.all([sideOf(rpc, one.value), sideOf(rpc, other.value)]);
      if (mine === turn) sides.value = { left, right };
    } catch (error) {
      if (mine === turn) failure.value = error;
    }
  }
  watch([one, other], () => void read(), { immediate: true });
  return { sides, failure, read };
}

async function sideOf(rpc: Pick<Rpc, 'call'>, id: string): Promise<Side> {
  const [row, request, answer] = await Promise.all([
    rpc.call('requests.get', { id }),
    rpc.call('requests.body', { id, part: 'request' }),
    rpc.call('requests.answer', { id }),
  ]);
  const said =
    answer === null
      ? (await rpc.call('requests.body', { id, part: 'response' })).text
      : [
          answer.reasoning,
          answer.text,
          ...answer.calls.map((call) => `${call.name} ${laidOut(call.arguments)}`),
        ]
          .filter((part) => part !== '')
          .join('\n\n');
  return { row, request: laidOut(request.text), answer: said, headers: headersOf(row) };
}

/** JSON with a line for each member; anything else as it is. */
function laidOut(text: string): string {
  const tokens = layOutJson(text);
  return tokens === null ? text : textOf(tokens);
}

function headersOf({ requestHeaders, responseHeaders, method, path }: RequestRow): string {
  const lines = (headers: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(headers)
      .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
      .sort();
  return [`${method} ${path}`, ...lines(requestHeaders), '', ...lines(responseHeaders)].join('\n');
}
