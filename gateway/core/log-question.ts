/** A question to the request log that cannot be answered; the message is for whoever asked. */
export class LogQuestionError extends Error {
  /** Path of the field that is wrong. */
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.name = 'LogQuestionError';
    this.field = field;
  }
}
