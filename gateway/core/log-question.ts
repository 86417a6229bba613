import type { Told } from '../../contract/rpc/connect-sayings.ts';

/** A question to the request log that cannot be answered; the message is for whoever asked. */
export class LogQuestionError extends Error {
  /** Path of the field that is wrong. */
  readonly field: string;
  /** The message as data. */
  readonly told: Told;
  constructor(field: string, told: Told) {
    super(told.text);
    this.told = told;
    this.name = 'LogQuestionError';
    this.field = field;
  }
}
