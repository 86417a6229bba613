/** What connecting tools has to say to a person: codes that user interfaces have words for in each language. */
import type { Fault } from './faults.ts';
import type { ProblemSaying } from './problem-sayings.ts';
import type { Refusal } from './refusals.ts';
import type { Remark } from './remarks/remark.ts';

export const CONNECT_SAYINGS = [
  // Worth knowing before something is written.
  'link',
  'silenced',
  'client-added',
  'client-added-open',
  'client-goes',
  'client-stays',
  'client-other-key',
  'no-common-key',
  'nothing-written',
  'left',
  'unserved',
  'override-file',
  'override-here',
  'folder-elsewhere',
  'restart',
  'cline-extension',
  'gemini-trust',
  'zed-key',
  // Why a file is left alone.
  'syntax',
  'unusable',
  'file-changed',
  'no-file',
  'file-large',
  'file-encoding',
  'link-circle',
  'not-read',
  'not-written',
  'read-only',
  'folder-read-only',
  'newer-version',
  'cursor-away',
  // Why an order is refused.
  'unchanged',
  'no-tool',
  'moved',
  'by-hand',
  'no-copy',
  'no-variable',
  'no-start-file',
  'entangled',
  'other-switchyard',
  'other-key',
  'not-local',
  'no-address',
  'no-slot',
  'model-needed',
  // What is wrong in a line: the reason of `syntax`.
  'parser',
  'not-changeable',
  'twice',
  'no-group',
  'variable-line',
  'quote-missing',
  'comma-missing',
  'colon-missing',
  'brace-missing',
  'bracket-missing',
  'name-expected',
  'value-expected',
  'end-expected',
  'comment-open',
  'escape',
  'not-json',
  'no-comments',
  'no-last-comma',
  'continue-old',
] as const;
export type ConnectSaying = (typeof CONNECT_SAYINGS)[number];

/** One sentence as data. */
export interface Told {
  readonly code: ConnectSaying | Refusal | Fault | ProblemSaying | Remark;
  /** Names, paths, numbers in it. */
  readonly values: Readonly<Record<string, string | number>>;
  /** The sentence in English, for terminals and for whoever does not know the code. */
  readonly text: string;
  /** Of `syntax`: what is wrong there; of `unchanged`: why; of others: their `words`, where they are data. */
  readonly reason?: Told;
  /** Of `sentences` and `listed`: what follows one another. */
  readonly parts?: readonly Told[];
}
