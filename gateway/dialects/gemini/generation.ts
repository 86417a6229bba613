/** What a model can, as far as its name tells. */

export interface Generation {
  /**
   * How much it thinks is told with a level (3.x), a budget in tokens (2.5 and what is not known), or not at all.
   */
  readonly thinking: 'level' | 'budget' | 'none';
  /** Takes JSON Schema beside its own subset of OpenAPI. */
  readonly jsonSchema: boolean;
  /** Takes tools and a wish for JSON at once; older ones refuse that. */
  readonly toolsWithJson: boolean;
  /** Takes images inside results of tools, wants ids and signatures of calls back. */
  readonly three: boolean;
  /** Takes presence and frequency penalties; 2.5 does so on Vertex only. */
  readonly penalties: boolean;
}

const THREE: Generation = {
  thinking: 'level',
  jsonSchema: true,
  toolsWithJson: true,
  three: true,
  penalties: true,
};
const TWO_FIVE: Generation = {
  thinking: 'budget',
  jsonSchema: true,
  toolsWithJson: false,
  three: false,
  penalties: false,
};
const TWO: Generation = { ...TWO_FIVE, thinking: 'none', penalties: true };
/** Gemini 1.x and Gemma. */
const OLD: Generation = { ...TWO, jsonSchema: false };
/** Whatever else somebody serves in this dialect: the plainest form of everything. */
const UNKNOWN: Generation = { ...TWO_FIVE, jsonSchema: false, toolsWithJson: true, penalties: true };

export function generationOf(model: string): Generation {
  const name = model.toLowerCase();
  const generation = byVersion(name);
  // Models that draw and speak do not let themselves be told how much to think.
  return /-(?:image|tts)(?:-|$)/.test(name) ? { ...generation, thinking: 'none' } : generation;
}

function byVersion(name: string): Generation {
  if (/gemini-(?:flash|flash-lite|pro)-latest/.test(name)) return THREE;
  if (/gemma|learnlm|gemini-(?:1|pro|ultra)/.test(name)) return OLD;
  const [, major, minor] = /gemini-(\d+)(?:\.(\d+))?/.exec(name) ?? [];
  if (major === undefined) return /gemini-/.test(name) ? THREE : UNKNOWN;
  if (Number(major) >= 3) return THREE;
  return minor === '5' ? TWO_FIVE : TWO;
}
