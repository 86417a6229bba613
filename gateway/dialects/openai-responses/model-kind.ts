/** What OpenAI's models take, by their names: a member that a model does not take is a 400 there. */
import type { Target } from '../../core/dialect.ts';

export interface ModelKind {
  /** Thinks before it answers; null where nobody knows. */
  readonly reasons: boolean | null;
  /** Levels of effort it takes; null where nobody knows. */
  readonly efforts: readonly string[] | null;
  /** What comes nearest to no thought at all; undefined where nobody knows, or where there is little to win. */
  readonly leastEffort: string | undefined;
  /** When it takes `temperature` and `top_p`. */
  readonly sampling: 'always' | 'with-effort-none' | 'never';
}

/** `o3-mini`, `gpt-5`, `gpt-5.1-codex`; not `gpt-4o`, `gpt-oss`. */
const GENERATION = /^(?:o\d|gpt-(?<major>\d+)(?:\.(?<minor>\d+))?)(?:-|$)/;
const ALWAYS_PLAIN = /^(?:gpt-[34]|chatgpt-)|-chat(?:-|$)/;
const FIRST_EFFORTS = ['low', 'medium', 'high'];

/** Source for efforts and sampling: the model catalogue of the AI SDK's OpenAI provider, 4.0. */
export function kindOf({ model, facts }: Target): ModelKind {
  // A provider may stand in front: `openai/gpt-5`.
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  const found = GENERATION.exec(name);
  const unknown = { efforts: null, leastEffort: undefined, sampling: 'always' } as const;
  if (ALWAYS_PLAIN.test(name)) return { reasons: false, ...unknown };
  if (found === null) {
    const known = facts.capabilities ?? null;
    return { reasons: known?.includes('reasoning') ?? null, ...unknown };
  }
  const { major, minor } = found.groups ?? {};
  const generation = Number(major ?? 0) * 100 + Number(minor ?? 0);
  const efforts = major === undefined ? FIRST_EFFORTS : effortsOf(generation, name);
  return {
    reasons: true,
    efforts,
    // Models that are asked for because they think long refuse little.
    leastEffort: name.includes('-pro') ? undefined : efforts[0],
    sampling: generation > 500 && generation < 600 ? 'with-effort-none' : 'never',
  };
}

/** @param generation 501 for 5.1 */
function effortsOf(generation: number, name: string): readonly string[] {
  if (name.includes('-pro') && generation < 502) return ['high'];
  if (generation === 500) return name.includes('codex') ? FIRST_EFFORTS : ['minimal', ...FIRST_EFFORTS];
  const least = generation < 600 && !/-pro|-codex/.test(name) ? ['none'] : [];
  const more = generation >= 502 || name.includes('codex-max') ? ['xhigh'] : [];
  return [...least, ...FIRST_EFFORTS, ...more, ...(generation >= 506 ? ['max'] : [])];
}
