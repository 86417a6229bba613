/** From a flat list of items to turns: neighbours of one speaker are one turn, results follow their calls. */
import type {
  AssistantPart,
  TextPart,
  ToolCallPart,
  ToolResultPart,
  Turn,
  UserPart,
} from '../../core/canonical/parts.ts';
import type { Signature } from '../../core/canonical/signature.ts';

type Draft =
  | { readonly role: 'user'; readonly results: ToolResultPart[]; readonly parts: UserPart[] }
  | { readonly role: 'assistant'; readonly parts: AssistantPart[] }
  | { readonly role: 'system'; readonly parts: TextPart[] };

export interface TurnBuilder {
  user(parts: readonly UserPart[]): void;
  assistant(parts: readonly AssistantPart[]): void;
  system(parts: readonly TextPart[]): void;
  call(part: ToolCallPart): void;
  /** Its name is that of its call. Stands behind the turn of its call, however late it comes. */
  result(part: Omit<ToolResultPart, 'name'>): void;
  /** Binds a signature to the text last said. */
  signText(signature: Signature): void;
  /** Binds a signature to a call that has come or is still to come. */
  signCall(call: string, signature: Signature): void;
  build(): { readonly system: readonly TextPart[]; readonly turns: readonly Turn[] };
}

export function createTurns(): TurnBuilder {
  const drafts: Draft[] = [];
  const calls = new Map<
    string,
    { readonly part: ToolCallPart; readonly draft: Draft; readonly order: number }
  >();
  const signatures = new Map<string, Signature>();

  function draftOf<Role extends Draft['role']>(role: Role): Extract<Draft, { role: Role }>;
  function draftOf(role: Draft['role']): Draft {
    const last = drafts.at(-1);
    if (last?.role === role) return last;
    const made: Draft = role === 'user' ? { role, results: [], parts: [] } : { role, parts: [] };
    drafts.push(made);
    return made;
  }

  /** The user's turn right behind that of the call; one is made where another speaker follows. */
  function draftBehind(draft: Draft): Extract<Draft, { role: 'user' }> {
    const at = drafts.indexOf(draft) + 1;
    const next = drafts[at];
    if (next?.role === 'user') return next;
    const made = { role: 'user' as const, results: [], parts: [] };
    drafts.splice(at, 0, made);
    return made;
  }

  function finished(draft: Draft): Turn {
    if (draft.role === 'system') return draft;
    if (draft.role === 'user') {
      const order = ({ id }: ToolResultPart): number => calls.get(id)?.order ?? Number.POSITIVE_INFINITY;
      const results = draft.results.toSorted((one, other) => compare(order(one), order(other)));
      return { role: 'user', parts: [...results, ...draft.parts] };
    }
    return {
      role: 'assistant',
      parts: draft.parts.map((part) => {
        const signature = part.kind === 'tool-call' ? signatures.get(part.id) : undefined;
        return signature === undefined ? part : { ...part, signature };
      }),
    };
  }

  return {
    user(parts) {
      if (parts.length > 0) draftOf('user').parts.push(...parts);
    },
    assistant(parts) {
      if (parts.length > 0) draftOf('assistant').parts.push(...parts);
    },
    system(parts) {
      if (parts.length > 0) draftOf('system').parts.push(...parts);
    },
    call(part) {
      const draft = draftOf('assistant');
      draft.parts.push(part);
      calls.set(part.id, { part, draft, order: calls.size });
    },
    result(part) {
      const call = calls.get(part.id);
      const draft = call === undefined ? draftOf('user') : draftBehind(call.draft);
      draft.results.push({ ...part, name: call?.part.name ?? '' });
    },
    signText(signature) {
      const { parts } = draftOf('assistant');
      const at = parts.findLastIndex(({ kind }) => kind === 'text');
      const text = parts[at];
      if (text?.kind === 'text') parts[at] = { ...text, signature };
      else parts.push({ kind: 'text', text: '', signature });
    },
    signCall(call, signature) {
      signatures.set(call, signature);
    },
    build() {
      const first = drafts[0];
      const system = first?.role === 'system' ? first.parts : [];
      return { system, turns: (first?.role === 'system' ? drafts.slice(1) : drafts).map(finished) };
    },
  };
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}
