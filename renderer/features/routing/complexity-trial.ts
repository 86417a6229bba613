/** The prompt that weights are tried on, and weights as they change. Pure. */
import type { ComplexityConfig, ComplexityFeature } from '../../../contract/config/routing.ts';
import type { REQUEST_FORMATS } from '../../../contract/rpc/request-formats.ts';

/** What is pasted is a whole request, told by what it holds, or the words of a user. Null: nothing is. */
export function trialRequest(
  typed: string,
): { readonly format: (typeof REQUEST_FORMATS)[number]; readonly body: string } | null {
  if (typed.trim() === '') return null;
  const members = membersOf(typed);
  if (members.includes('messages')) return { format: 'openai-chat', body: typed };
  if (members.includes('contents')) return { format: 'gemini', body: typed };
  if (members.includes('input')) return { format: 'openai-responses', body: typed };
  const body = JSON.stringify({ model: '', messages: [{ role: 'user', content: typed }] });
  return { format: 'openai-chat', body };
}

function membersOf(typed: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(typed);
    return typeof value === 'object' && value !== null ? Object.keys(value) : [];
  } catch {
    return [];
  }
}

export function withWeight(
  settings: ComplexityConfig,
  feature: ComplexityFeature,
  weight: number,
): ComplexityConfig {
  return { ...settings, weights: { ...settings.weights, [feature]: weight } };
}

/** Each pushes the other along, so that medium never begins above high. */
export function withThreshold(
  settings: ComplexityConfig,
  name: 'medium' | 'high',
  value: number,
): ComplexityConfig {
  const { medium, high } = settings.thresholds;
  const thresholds =
    name === 'medium'
      ? { medium: value, high: Math.max(value, high) }
      : { medium: Math.min(value, medium), high: value };
  return { ...settings, thresholds };
}

export const sameComplexity = (left: ComplexityConfig, right: ComplexityConfig): boolean =>
  left.thresholds.medium === right.thresholds.medium &&
  left.thresholds.high === right.thresholds.high &&
  Object.entries(left.weights).every(([feature, weight]) =>
    Object.entries(right.weights).some(([name, other]) => name === feature && other === weight),
  );
