/** The secrets known so far, and everything that takes them out of what is written or shown. */
import { createRedactor, type Redactor } from '../core/redact.ts';
import { createStreamRedactor, type StreamRedactor } from '../core/redact-stream.ts';

export interface Redaction {
  readonly secrets: readonly string[];
  readonly text: (text: string) => string;
  /** Only the secrets' own values, where names of fields are part of the content. */
  readonly values: (text: string) => string;
  readonly stream: () => StreamRedactor;
  /** One that was removed may still stand in requests under way and in rows not yet written, so none is forgotten. */
  readonly learn: (secrets: readonly string[]) => void;
}

export function createRedaction(): Redaction {
  let secrets: readonly string[] = [];
  /** Made when somebody looks: thousands of keys are learnt one after the other. */
  let made: Redactor | undefined = createRedactor(secrets);
  const redactor = (): Redactor => (made ??= createRedactor(secrets));
  return {
    get secrets() {
      return secrets;
    },
    text: (text) => redactor().text(text),
    values: (text) => redactor().values(text),
    stream: () => createStreamRedactor(secrets, redactor()),
    learn(more) {
      secrets = [...new Set([...secrets, ...more])];
      made = undefined;
    },
  };
}
