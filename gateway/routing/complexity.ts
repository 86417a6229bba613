/**
 * How hard a request is to answer well, from 0 (trivial) to 1, by what can be seen of it (REQUIREMENTS 4.2). Pure.
 * Each feature has a strength from 0 to 1; a feature's part is its weight times its strength, and the score is
 * 1 - (1 - part) x (1 - part) x ...: each part moves the score towards 1, and a feature that is absent moves nothing.
 */
import type { CanonicalRequest } from '../core/canonical/request.ts';
import type { Turn } from '../core/canonical/parts.ts';
import { COMPLEXITY_FEATURES, type ComplexityFeature } from '../../contract/config/routing.ts';
import { codeStrength, constraintStrength, reasoningStrength } from './complexity-words.ts';

export interface ComplexitySettings {
  /** How far towards 1 each feature alone can move the score: from 0 to 1. */
  readonly weights: Readonly<Record<ComplexityFeature, number>>;
}

export interface Complexity {
  readonly score: number;
  /** What each feature contributed: weight times strength. */
  readonly parts: Readonly<Record<ComplexityFeature, number>>;
}

/** Nothing is known of the request. */
export const NO_COMPLEXITY: Complexity = {
  score: 0,
  parts: { length: 0, code: 0, reasoning: 0, tools: 0, images: 0, turns: 0, constraints: 0 },
};

/** Characters of a question at which its length counts for nothing, and for all it can. */
const SHORT = 120;
const LONG = 6_000;
/** Tools offered, images, and questions before the last at which each counts for all it can. */
const MANY_TOOLS = 8;
const MANY_IMAGES = 3;
const MANY_TURNS = 12;
/** Characters that are searched for words, from the beginning and from the end of a question. */
const SEARCHED = 8_000;

export function complexityOf(request: CanonicalRequest, { weights }: ComplexitySettings): Complexity {
  const strengths = strengthsOf(request);
  const parts = { ...NO_COMPLEXITY.parts };
  let rest = 1;
  for (const feature of COMPLEXITY_FEATURES) {
    const part = weights[feature] * strengths[feature];
    parts[feature] = round(part);
    rest *= 1 - part;
  }
  return { score: round(1 - rest), parts };
}

function strengthsOf(request: CanonicalRequest): Readonly<Record<ComplexityFeature, number>> {
  const asked = request.turns.findLastIndex(isQuestion);
  const question = textOf(request.turns[asked]);
  const searched =
    question.length <= 2 * SEARCHED
      ? question
      : `${question.slice(0, SEARCHED)}\n${question.slice(-SEARCHED)}`;
  const questions = request.turns.filter(isQuestion).length;
  return {
    length: lengthStrength(question),
    code: codeStrength(searched),
    reasoning: Math.max(reasoningStrength(searched), effortStrength(request)),
    tools: request.settings.toolChoice?.kind === 'none' ? 0 : upTo(request.tools.length, MANY_TOOLS),
    images: upTo(imagesOf(request.turns[asked]), MANY_IMAGES),
    turns: upTo(questions - 1, MANY_TURNS),
    constraints: Math.max(constraintStrength(searched), request.settings.format.kind === 'schema' ? 0.5 : 0),
  };
}

/** Each doubling counts the same. A Chinese character says about as much as three Latin ones. */
function lengthStrength(question: string): number {
  const dense = question.match(/[\u3400-\u9fff\uf900-\ufaff]/g)?.length ?? 0;
  const length = question.length + 2 * dense;
  return Math.min(1, Math.max(0, Math.log(length / SHORT) / Math.log(LONG / SHORT)));
}

/** A client that asks for hard thinking says so itself. */
function effortStrength({ settings }: CanonicalRequest): number {
  const effort = settings.reasoning?.effort ?? null;
  return effort === 'high' || effort === 'xhigh' || effort === 'max' ? 1 : 0;
}

/** A turn of the user that is more than results of tools. */
const isQuestion = (turn: Turn): boolean =>
  turn.role === 'user' && turn.parts.some(({ kind }) => kind !== 'tool-result');

function textOf(turn: Turn | undefined): string {
  const parts = turn?.role === 'user' ? turn.parts : [];
  return parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n');
}

function imagesOf(turn: Turn | undefined): number {
  return turn?.role === 'user'
    ? turn.parts.filter(({ kind }) => kind === 'image' || kind === 'file').length
    : 0;
}

/** From 0 to 1; the first few count more than those after them. */
const upTo = (count: number, many: number): number => Math.sqrt(Math.min(Math.max(count, 0), many) / many);

const round = (value: number): number => Math.round(value * 1_000) / 1_000;
