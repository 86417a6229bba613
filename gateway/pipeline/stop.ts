/**
 * Says once, to whoever listens then, that work must end. Not an AbortSignal: two of them composed for every
 * request are one of the larger costs of a request, because the runtime ties them together by weak references.
 */
export interface Stop {
  readonly stopped: boolean;
  /** Runs once when it is time; the returned function takes it back. Nothing is told of what was before. */
  onStop(listener: () => void): () => void;
}

export interface StopSource extends Stop {
  /** The second and later times do nothing. */
  readonly stop: () => void;
}

export function createStop(): StopSource {
  const listeners = new Set<() => void>();
  // A field and not a getter, which would make each of them dear.
  const source = {
    stopped: false,
    onStop(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop() {
      if (source.stopped) return;
      source.stopped = true;
      const waiting = [...listeners];
      listeners.clear();
      for (const listener of waiting) listener();
    },
  };
  return source;
}
