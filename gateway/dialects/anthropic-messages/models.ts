/** Model lists as clients of this dialect read them. */
import type { OfferedModel } from '../../core/dialect.ts';

/** One page with all there is, whatever page was asked for (Claude Code asks for 1000). */
export function renderModels(models: readonly OfferedModel[]): string {
  return JSON.stringify({
    data: models.map(row),
    has_more: false,
    first_id: models[0]?.id ?? null,
    last_id: models.at(-1)?.id ?? null,
  });
}

export function renderModel(model: OfferedModel): string {
  return JSON.stringify(row(model));
}

function row({ id, created, facts = {} }: OfferedModel) {
  const { name = null, contextTokens = null, maxOutputTokens = null } = facts;
  return {
    type: 'model',
    id,
    display_name: name ?? id,
    // The beginning of the epoch is what the API itself writes for a date that is not known.
    created_at: new Date(created * 1_000).toISOString().replace('.000Z', 'Z'),
    ...(contextTokens === null ? {} : { max_input_tokens: contextTokens }),
    ...(maxOutputTokens === null ? {} : { max_tokens: maxOutputTokens }),
  };
}
