/** Rows of the models.dev data: context, longest answer, capabilities, release. Pure; prices are not taken from it. */
import type { ModelCapability } from '../../contract/rpc/procedures/models.ts';
import { MODEL_OUTPUTS, type ModelOutput } from '../../contract/rpc/model-fields.ts';
import type { ModelFacts } from '../core/model-facts.ts';

type Row = Readonly<Record<string, unknown>>;

/** @param models rows by the provider's own id; entries of another shape are skipped */
export function readModelsDev(models: unknown): ReadonlyMap<string, Partial<ModelFacts>> {
  const known = new Map<string, Partial<ModelFacts>>();
  if (!isRow(models)) return known;
  for (const [id, row] of Object.entries(models)) if (isRow(row)) known.set(id, readRow(row));
  return known;
}

/**
 * Looks a model up by its id, then without what providers add to one: a date, `-latest`, a `:variant`.
 * @example `gpt-5-2025-08-07` is found as `gpt-5`, `claude-opus-4-1` as `claude-opus-4-1-20250805`
 */
export function findModel(
  known: ReadonlyMap<string, Partial<ModelFacts>>,
  id: string,
): Partial<ModelFacts> | undefined {
  const plain = id.replace(/:[\w-]+$/, '').replace(/-(?:latest|\d{4}-\d{2}-\d{2}|\d{8})$/, '');
  return known.get(id) ?? known.get(plain) ?? newestOf(known, plain);
}

/** The latest dated row of an id that has none of its own: `claude-opus-4-1` is `claude-opus-4-1-20250805`. */
function newestOf(
  known: ReadonlyMap<string, Partial<ModelFacts>>,
  plain: string,
): Partial<ModelFacts> | undefined {
  const dated = [...known.keys()].filter(
    (id) => id.startsWith(plain) && /^-(?:\d{4}-\d{2}-\d{2}|\d{8})$/.test(id.slice(plain.length)),
  );
  return known.get(dated.toSorted().at(-1) ?? '');
}

function readRow(row: Row): Partial<ModelFacts> {
  const limit = isRow(row['limit']) ? row['limit'] : {};
  const released = typeof row['release_date'] === 'string' ? Date.parse(row['release_date']) : Number.NaN;
  const unsaid = SAID_BY.flatMap(([field, capability]) => (row[field] === undefined ? [capability] : []));
  return {
    name: typeof row['name'] === 'string' ? row['name'] : null,
    contextTokens: count(limit['context']),
    maxOutputTokens: count(limit['output']),
    capabilities: capabilitiesOf(row),
    ...(unsaid.length === 0 ? {} : { unknownCapabilities: unsaid }),
    outputs: outputsOf(row),
    releasedAt: Number.isFinite(released) ? released : null,
  };
}

/** Fields that say of one capability; a row without one says nothing of it. */
const SAID_BY: readonly (readonly [string, ModelCapability])[] = [
  ['tool_call', 'tools'],
  ['reasoning', 'reasoning'],
  ['structured_output', 'structured-output'],
];

function capabilitiesOf(row: Row): readonly ModelCapability[] {
  const modalities = isRow(row['modalities']) ? row['modalities']['input'] : [];
  const takes = (kind: string): boolean => Array.isArray(modalities) && modalities.includes(kind);
  const has: readonly (readonly [ModelCapability, boolean])[] = [
    ['tools', row['tool_call'] === true],
    ['vision', takes('image')],
    ['files', takes('pdf')],
    ['audio', takes('audio')],
    ['reasoning', row['reasoning'] === true],
    ['structured-output', row['structured_output'] === true],
  ];
  return has.flatMap(([capability, present]) => (present ? [capability] : []));
}

function outputsOf(row: Row): readonly ModelOutput[] | null {
  const outputs = isRow(row['modalities']) ? row['modalities']['output'] : [];
  const known = Array.isArray(outputs) ? MODEL_OUTPUTS.filter((name) => outputs.includes(name)) : [];
  return known.length === 0 ? null : known;
}

function count(value: unknown): number | null {
  return typeof value === 'number' && value > 0 ? value : null;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
