/** When answers under way are drawn: with a frame, and so seldom that most of the time is left for whoever types. */

/** A drawing that took so long is followed by this many times as long without one. */
const REST = 4;
/** However slow the drawing, words come at least this often, ms. */
const LONGEST_REST = 1_000;
/** A hidden page draws no frames; then the clock moves it on, ms. */
const HIDDEN_PACE = 250;

/** What a pace is told by: the browser's, or a test's. */
export interface PaceClock {
  readonly now: () => number;
  readonly hidden: () => boolean;
  readonly after: (ms: number, act: () => void) => void;
  readonly frame: (act: () => void) => void;
  /** When what was changed in a frame is laid out and painted. */
  readonly painted: (act: () => void) => void;
}

export interface DrawingPace {
  /** Draws with one of the next frames, once however often it is asked. */
  ask(): void;
}

export function createDrawingPace(draw: () => void, clock: PaceClock): DrawingPace {
  let asked = false;
  let notBefore = 0;

  function run(): void {
    asked = false;
    const begun = clock.now();
    draw();
    clock.painted(() => {
      const now = clock.now();
      notBefore = now + Math.min(REST * (now - begun), LONGEST_REST);
    });
  }
  function soon(): void {
    if (clock.hidden()) clock.after(HIDDEN_PACE, run);
    else clock.frame(run);
  }
  return {
    ask() {
      if (asked) return;
      asked = true;
      const rest = notBefore - clock.now();
      if (rest > 0) clock.after(rest, soon);
      else soon();
    },
  };
}

export const browserClock: PaceClock = {
  now: () => performance.now(),
  hidden: () => document.hidden,
  after: (ms, act) => void setTimeout(act, ms),
  frame: (act) => void requestAnimationFrame(act),
  painted(act) {
    // A message that is sent in a frame arrives after it.
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      act();
    });
    port1.start();
    port2.postMessage(null);
  },
};
