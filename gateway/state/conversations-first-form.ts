/** Conversations as Switchyard first wrote them, one model and turns in a row, made into trees. Nothing is lost. Pure. */
import * as z from 'zod/mini';
import { conversationSchema, type Conversation } from '../../contract/rpc/procedures/conversations.ts';
import { chatParameters } from '../../contract/rpc/procedures/playground.ts';

const words = z._default(z.string(), '');
const figures = z.strictObject({
  requestId: z.nullable(z.string()),
  outcome: z.enum(['ok', 'error', 'cut', 'stopped']),
  provider: z.nullable(z.string()),
  model: z.nullable(z.string()),
  keyFingerprint: z.nullable(z.string()),
  attempts: z.int(),
  firstContentAt: z.nullable(z.number()),
  doneAt: z.number(),
  inputTokens: z.nullable(z.int()),
  cachedTokens: z.nullable(z.int()),
  outputTokens: z.nullable(z.int()),
  reasoningTokens: z.nullable(z.int()),
  finishReason: z.nullable(z.string()),
  error: z.nullable(z.strictObject({ code: z.string(), message: z.string() })),
});
const turn = z.strictObject({
  id: z.string(),
  role: z.enum(['user', 'assistant']),
  text: z.string(),
  reasoning: words,
  refusal: words,
  at: z.number(),
  figures: z.nullable(figures),
});

export const firstSummary = z.strictObject({
  id: conversationSchema.shape.id,
  title: z.string(),
  model: z.string(),
  turns: z.int(),
  updatedAt: z.number(),
});

export const firstConversation = z.strictObject({
  id: conversationSchema.shape.id,
  title: z.string(),
  model: z.string(),
  system: z.string(),
  parameters: chatParameters,
  turns: z.array(turn),
  createdAt: z.number(),
  updatedAt: z.number(),
});

/** Turns follow one another in the only column. */
export function fromFirstForm(first: z.output<typeof firstConversation>): Conversation {
  const { model, parameters, turns, ...others } = first;
  const ids = idsOf(turns);
  return {
    ...others,
    columns: [{ id: 'c1', model, parameters, leaf: ids.at(-1) ?? null, chosen: {} }],
    synced: true,
    tools: [],
    toolChoice: 'auto',
    autoContinue: false,
    format: { kind: 'text' },
    turns: turns.map(({ figures: known, ...one }, index) => ({
      ...one,
      id: ids[index] ?? '',
      parent: ids[index - 1] ?? null,
      column: '',
      files: [],
      calls: [],
      results: [],
      model: one.role === 'assistant' ? model : '',
      format: 'text',
      figures: known === null ? null : { ...known, reasonedFor: null, cost: null, warnings: [] },
    })),
  };
}

/** Nothing saw to it that no two turns had one id; in a tree each must have its own. */
function idsOf(turns: readonly { readonly id: string }[]): readonly string[] {
  const taken = new Set<string>();
  return turns.map(({ id }, index) => {
    const own = taken.has(id) ? `again-${index}` : id;
    taken.add(own);
    return own;
  });
}
