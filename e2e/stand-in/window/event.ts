/** Events whose default a listener can prevent. */

export interface PreventableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** @param details further fields that listeners read from the event */
export function preventable<T extends object>(details: T): PreventableEvent & T {
  let prevented = false;
  return {
    ...details,
    get defaultPrevented() {
      return prevented;
    },
    preventDefault() {
      prevented = true;
    },
  };
}
