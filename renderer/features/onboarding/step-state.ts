/** Where a step stands. */
export type StepState = 'done' | 'now' | 'later';
