/** Waits until this thread has read what was sent to it: a reset throws away what the other side has not read. */
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';

/** Timers that are late all run before sockets are looked at; between two of these they were. */
const TURNS = 5;

export async function whenRead(): Promise<void> {
  for (let count = 0; count < TURNS; count += 1) {
    await pause(4);
    await turn();
  }
}
