/** The states that everything on screen is told in. Each has one shape and one colour, see StatusIcon. */
export type StateKind = 'ok' | 'waiting' | 'cooling' | 'failed' | 'off' | 'warning' | 'cut' | 'left';

/** Text colour of each state. */
export const STATE_COLOUR: Readonly<Record<StateKind, string>> = {
  ok: 'text-ok',
  waiting: 'text-waiting',
  cooling: 'text-cooling',
  failed: 'text-failed',
  off: 'text-off',
  warning: 'text-cooling',
  cut: 'text-cooling',
  left: 'text-off',
};

/** Ground of a badge or note that tells the state. */
export const STATE_TINT: Readonly<Record<StateKind, string>> = {
  ok: 'bg-ok-tint',
  waiting: 'bg-waiting-tint',
  cooling: 'bg-cooling-tint',
  failed: 'bg-failed-tint',
  off: 'bg-off-tint',
  warning: 'bg-cooling-tint',
  cut: 'bg-cooling-tint',
  left: 'bg-off-tint',
};
