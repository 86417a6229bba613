/** What a person passes on when something does not work: everything that explains it, and no secret. */
import { define, nothing } from '../define.ts';

export interface Diagnostics {
  /** JSON with line breaks, at most a few hundred kilobytes. It is shown before it goes anywhere. */
  readonly text: string;
  /** What its file is called. */
  readonly name: string;
}

export const diagnosticsProcedures = {
  /**
   * Version, system, problems, settings that are not as they came, providers and their keys by fingerprint, failed
   * requests without a word of their content, and the last lines of the program's log.
   */
  'diagnostics.make': define(nothing).returns<Diagnostics>(),
};
