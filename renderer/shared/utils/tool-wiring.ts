/** What the user chose for a tool, and the order that follows from it. Pure. */
import type { RawInputOf } from '../../../contract/rpc/define.ts';
import type { ToolView } from '../../../contract/rpc/procedures/connect.ts';
import type { Procedures } from '../../../contract/rpc/procedures.ts';

/** What is asked to be done with a tool, as it is sent. */
export type Order = RawInputOf<Procedures['connect.plan']>['order'];

/** Choices that were not written yet; what is absent stands as it is. */
export interface Draft {
  readonly models: Readonly<Record<string, string>>;
  readonly ownKey?: boolean;
}

export const NO_DRAFT: Draft = { models: {} };

/** What the card shows the differences of. */
export type Intent =
  | { readonly does: 'connect' }
  | { readonly does: 'remove' }
  | { readonly does: 'restore'; readonly backup: string }
  | { readonly does: 'silence'; readonly variable: string; readonly file: string };

/** The model of a slot as the page shows it; a slot that needs one and has none gets the suggestion. */
export function modelOf(tool: ToolView, draft: Draft, slot: string, suggestion: string): string {
  const drafted = draft.models[slot];
  if (drafted !== undefined) return drafted;
  const found = tool.slots.find(({ id }) => id === slot);
  return found?.current ?? (found?.required === true ? suggestion : '');
}

/** A tool that was never written gets a key of its own; one that was keeps what it has. */
export const hasOwnKey = (tool: ToolView, draft: Draft): boolean =>
  draft.ownKey ?? (tool.client !== null || tool.writtenAt === null);

/** Slots that need a model and have none. */
export const missingSlots = (tool: ToolView, draft: Draft, suggestion: string): readonly string[] =>
  tool.slots
    .filter(({ id, required }) => required && modelOf(tool, draft, id, suggestion).trim() === '')
    .map(({ id }) => id);

export function orderOf(tool: ToolView, draft: Draft, suggestion: string, intent: Intent): Order {
  if (intent.does !== 'connect') return intent;
  const changed = tool.slots.flatMap(({ id, current }) => {
    const model = modelOf(tool, draft, id, suggestion).trim();
    return model === (current ?? '') ? [] : [[id, model] as const];
  });
  return { does: 'connect', models: Object.fromEntries(changed), ownKey: hasOwnKey(tool, draft) };
}
