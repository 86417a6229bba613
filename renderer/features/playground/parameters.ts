/** The parameters of a chat: what they are called on the wire and what they may be. Pure. */
import type { ChatParameters } from '../../../contract/rpc/procedures/playground.ts';

export type NumberName =
  'temperature' | 'topP' | 'maxTokens' | 'frequencyPenalty' | 'presencePenalty' | 'seed';

export interface NumberParameter {
  readonly name: NumberName;
  /** Its names in a request, the usual one first. */
  readonly wire: readonly [string, ...string[]];
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  /** Step of its slider; undefined where a slider is of no use. */
  readonly step: number | undefined;
}

const number = (
  name: NumberName,
  wire: NumberParameter['wire'],
  range: readonly [number, number],
  step?: number,
): NumberParameter => ({ name, wire, least: range[0], most: range[1], whole: step === undefined, step });

export const NUMBER_PARAMETERS: readonly NumberParameter[] = [
  number('temperature', ['temperature'], [0, 2], 0.1),
  number('topP', ['top_p'], [0, 1], 0.05),
  number('maxTokens', ['max_tokens', 'max_completion_tokens'], [1, 10_000_000]),
  number('frequencyPenalty', ['frequency_penalty'], [-2, 2], 0.1),
  number('presencePenalty', ['presence_penalty'], [-2, 2], 0.1),
  number('seed', ['seed'], [-9_007_199_254_740_991, 9_007_199_254_740_991]),
];

export const REASONING_EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const;
/** Stop texts a request may have. */
export const MOST_STOPS = 4;
const LONGEST_STOP = 200;

/** @returns undefined where the value is not one of this parameter */
export function acceptNumber(parameter: NumberParameter, value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  if (value < parameter.least || value > parameter.most) return undefined;
  return parameter.whole && !Number.isSafeInteger(value) ? undefined : value;
}

/** The value a person typed: null for none, undefined where it is not allowed. A comma is a decimal point. */
export function readTyped(parameter: NumberParameter, text: string): number | null | undefined {
  const plain = text.trim().replace(',', '.');
  return plain === '' ? null : acceptNumber(parameter, Number(plain));
}

/** A change of one parameter; what is not set is not in it. */
export function withParameter<Name extends keyof ChatParameters>(
  parameters: ChatParameters,
  name: Name,
  value: ChatParameters[Name],
): ChatParameters {
  const others = Object.entries(parameters).filter(([other]) => other !== name);
  return Object.fromEntries(value === undefined ? others : [...others, [name, value]]);
}

/** Stop texts as they are typed: one a line. */
export function readStops(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.slice(0, MOST_STOPS).map((line) => line.slice(0, LONGEST_STOP));
}
