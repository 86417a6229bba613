import type { Told } from '../../contract/rpc/connect-sayings.ts';

/** No connection came about for a reason of our own or of a proxy's; the system's errors stay as they are. */
export class DialFailure extends Error {
  readonly told: Told;
  readonly timedOut: boolean;

  /** @param told for people, without secrets */
  constructor(told: Told, timedOut = false) {
    super(told.text);
    this.name = 'DialFailure';
    this.told = told;
    this.timedOut = timedOut;
  }
}
