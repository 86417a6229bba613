/** Exit codes of the app; any other failure within the first seconds is Electron's own (`scripts/start-choice.ts`). */

/** It could not go on, and has told the user why. */
export const TOLD = 3;
/** The user did not want to wait for its end. */
export const INTERRUPTED = 130;
