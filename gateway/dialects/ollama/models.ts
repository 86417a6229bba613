/** Models as `GET /api/tags` lists them and `POST /api/show` describes them. */
import { createHash } from 'node:crypto';
import type { ModelCapability } from '../../../contract/rpc/procedures/models.ts';
import type { OfferedModel } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';

/** The family under which facts about a model stand in `model_info`. */
const FAMILY = 'switchyard';

/** The names that differ; what has none of Ollama's is left out. */
const CAPABILITIES: Readonly<Partial<Record<ModelCapability, string>>> = {
  tools: 'tools',
  reasoning: 'thinking',
  vision: 'vision',
};

export function renderModels(models: readonly OfferedModel[]): string {
  return JSON.stringify({ models: models.map(row) });
}

/**
 * Clients read the context from `model_info` under the family's name, and decide by `capabilities` whether to
 * send tools. Where nothing is known, tools are offered: a target that has none leaves them out.
 */
export function renderModel(model: OfferedModel): string {
  const { facts } = model;
  const known = facts?.capabilities ?? null;
  const context = facts?.contextTokens ?? null;
  const more = known === null ? ['tools'] : known.flatMap((capability) => CAPABILITIES[capability] ?? []);
  return JSON.stringify({
    license: '',
    modelfile: '',
    parameters: context === null ? '' : `num_ctx ${context}`,
    template: '',
    system: '',
    details: details(),
    modified_at: modifiedAt(model),
    model_info: {
      'general.architecture': FAMILY,
      'general.basename': facts?.name ?? model.id,
      ...(context === null ? {} : { [`${FAMILY}.context_length`]: context }),
    },
    capabilities: ['completion', ...more],
  });
}

function row(model: OfferedModel): JsonObject {
  return {
    name: model.id,
    model: model.id,
    modified_at: modifiedAt(model),
    size: 0,
    // Clients tell models apart by it.
    digest: createHash('sha256').update(model.id).digest('hex'),
    details: details(),
  };
}

/** Clients read these members without asking whether they are there. */
function details(): JsonObject {
  return {
    parent_model: '',
    format: '',
    family: FAMILY,
    families: [FAMILY],
    parameter_size: '',
    quantization_level: '',
  };
}

/** Providers write any number here; a date knows only some of them. */
const LAST_DATE = 8.64e15;

function modifiedAt({ created, facts }: OfferedModel): string {
  const released = facts?.releasedAt ?? created * 1_000;
  return new Date(Math.min(Math.max(0, released), LAST_DATE)).toISOString();
}
