/** What a command does. */
export interface CommandAct {
  readonly act: () => void;
  /** False while it would do nothing; absent: always. */
  readonly available?: () => boolean;
}
