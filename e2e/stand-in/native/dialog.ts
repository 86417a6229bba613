/**
 * `dialog`: what would be asked. Answered at once: with the button whose number STAND_IN_ANSWER holds, else as if
 * the user had cancelled.
 */

export interface AskedDialog {
  readonly kind: 'message' | 'error' | 'open' | 'save';
  readonly options: Readonly<Record<string, unknown>>;
}

/** Every dialog that was asked for. */
const asked: AskedDialog[] = [];

/** The window may be left out, as in Electron. */
function note(kind: AskedDialog['kind'], args: readonly unknown[]): Readonly<Record<string, unknown>> {
  const last = args.at(-1);
  const options = typeof last === 'object' && last !== null ? { ...last } : {};
  asked.push({ kind, options });
  return options;
}

function answerTo(options: Readonly<Record<string, unknown>>): number {
  const chosen = process.env['STAND_IN_ANSWER'];
  if (chosen !== undefined) return Number(chosen);
  const { cancelId, defaultId } = options;
  if (typeof cancelId === 'number') return cancelId;
  return typeof defaultId === 'number' ? defaultId : 0;
}

export const dialog = {
  /** The stand-in's own, for tests. */
  asked,
  showMessageBox: (...args: readonly unknown[]) =>
    Promise.resolve({ response: answerTo(note('message', args)), checkboxChecked: false }),
  showMessageBoxSync: (...args: readonly unknown[]) => answerTo(note('message', args)),
  showErrorBox(title: string, content: string): void {
    note('error', [{ title, content }]);
  },
  showOpenDialog(...args: readonly unknown[]) {
    note('open', args);
    return Promise.resolve({ canceled: true, filePaths: [] });
  },
  showSaveDialog(...args: readonly unknown[]) {
    note('save', args);
    return Promise.resolve({ canceled: true, filePath: '' });
  },
};
