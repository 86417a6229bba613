/** Token counts while a request runs; the shape of the log row is its final form. */
import type { TokenCounts } from '../../contract/log/row.ts';

/** A trillion: no answer has as many, and sums of thousands of such answers are still exact. */
const MOST = 1e12;

/** Whether what a provider wrote is a number of tokens, or an amount of dollars, that can be meant. */
export const isCount = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= MOST;

/** What of the counts has a price of its own at some providers. */
export interface UsageDetails {
  /** Part of `cacheWrite`: what was written for an hour. */
  readonly cacheWriteHour?: number;
  /** Part of `input`: sound, cached or not. */
  readonly audioInput?: number;
  /** Part of `cacheRead` and of `audioInput`. */
  readonly audioCacheRead?: number;
  /** Part of `output`. */
  readonly audioOutput?: number;
  /** Parts of `input` and of `output`: pictures. */
  readonly imageInput?: number;
  readonly imageOutput?: number;
  /** Searches of the provider's own web search. */
  readonly webSearches?: number;
  /** As the provider names it: `flex`, `priority`, `batch`. */
  readonly serviceTier?: string;
  /** Other ways of serving that have a price of their own, as the provider names them: Anthropic's `fast`, `us`. */
  readonly surcharges?: readonly string[];
  /** Tokens of the longest prompt where the counts are of several: prices rise with each for itself. */
  readonly longestPrompt?: number;
}

/** What the observer of a response has learned of it so far. */
export interface ResponseFacts {
  readonly usage: TokenCounts | null;
  /** Told before the answer was: it goes on, or broke off, and how long it became is not among the counts. */
  readonly onlyAsked?: true;
  readonly finishReason: string | null;
  /** The upstream's own name of the model that answered. */
  readonly model: string | null;
  /** US dollars, where the provider itself says what it cost. */
  readonly cost?: number;
  /** The answer holds signatures; told only by dialects whose answers seldom do. */
  readonly signed?: true;
  readonly details?: UsageDetails;
  /** Id under which its provider keeps the answer, for requests that go on from it. */
  readonly keptAs?: string;
}

/** What it used is known, to the end of the answer. */
export const isCounted = ({ usage, onlyAsked }: ResponseFacts): boolean =>
  usage !== null && onlyAsked !== true;
