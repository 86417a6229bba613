/** No connection came about for a reason of our own or of a proxy's; the system's errors stay as they are. */
export class DialFailure extends Error {
  readonly timedOut: boolean;

  /** @param message for people, without secrets */
  constructor(message: string, timedOut = false) {
    super(message);
    this.name = 'DialFailure';
    this.timedOut = timedOut;
  }
}
