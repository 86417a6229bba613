/** Something the operator must change before the gateway can start: one sentence, no stack. */
export class StartProblem extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StartProblem';
  }
}
