/** Small jobs that nobody waits for, done one at a time while the page has nothing else to do. */

/** On a page that is never idle, a job is done after so long all the same, ms. */
const LATEST = 1_000;

export interface IdleQueue {
  add(job: () => void): void;
}

export function createIdleQueue(): IdleQueue {
  const jobs: (() => void)[] = [];
  let waits = false;

  function wait(): void {
    waits = true;
    if (typeof requestIdleCallback === 'function') requestIdleCallback(next, { timeout: LATEST });
    else setTimeout(next);
  }
  function next(): void {
    waits = false;
    const job = jobs.shift();
    if (jobs.length > 0) wait();
    job?.();
  }
  return {
    add(job) {
      jobs.push(job);
      if (!waits) wait();
    },
  };
}
