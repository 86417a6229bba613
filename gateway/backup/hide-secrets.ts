/**
 * The text of a configuration for a back-up that nothing seals: a secret that is written out in it is replaced by a
 * mark. Where a secret may stand is decided by the name of the setting, whatever its value looks like; references
 * to variables stay. What was hidden is made a random text when it is restored: never a value that somebody knows.
 */
import { randomBytes } from 'node:crypto';
import { isPair, isScalar, parseDocument, visit } from 'yaml';
import { createRedactor, REDACTED } from '../core/redact.ts';
import { hideInComments, isCredential } from './credential-forms.ts';

/** What stands in place of a secret, and whether addresses of webhooks count as one: their path is a password. */
export interface Hiding {
  readonly mark: string;
  readonly webhooks: boolean;
}
const MARK = 'not-in-this-backup';
const OF_BACKUPS: Hiding = { mark: MARK, webhooks: false };
/** Names of settings that hold a secret, in our spelling. */
const SECRET_NAME = /^(?:api_keys?|keys?|value|password|token|secret)$/;
/** Names of headers whose values are credentials as a rule. */
const SECRET_HEADER = /auth|key|token|secret|cookie|session|credential|signature|passw|subscription/i;
/** @param name of a header, in whatever case */
export const isSecretHeader = (name: string): boolean => SECRET_HEADER.test(name);
/** @param name of a setting, as the file has it */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);
const REFERENCE_ALONE = /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/;
/** `http://name:password@host` */
const WITH_PASSWORD = /^[a-z0-9+.-]+:\/\/[^/]*@/i;

/**
 * @param secrets those in force, which may also stand in a comment or where none is expected
 * @returns null where the text is no YAML, so that nobody can say what in it is secret
 */
export function hideSecrets(
  text: string,
  secrets: readonly string[],
  { mark, webhooks }: Hiding = OF_BACKUPS,
): string | null {
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0) return null;
  let count = 0;
  visit(document, {
    Scalar(where, node, path) {
      if (typeof node.value !== 'string' && typeof node.value !== 'number') return;
      // The name of a setting is no value of one.
      if (where === 'key') return;
      const names = namesOf(path);
      const isWebhook = webhooks && names.at(-1) === 'url' && names.at(-2) === 'webhook' && node.value !== '';
      if (!isWebhook && !mayBeSecret(String(node.value), names)) return;
      node.value = mark;
      count += 1;
    },
  });
  const hidden = count > 0 ? document.toString({ lineWidth: 0 }) : text;
  return createRedactor(secrets).values(hideInComments(hidden, mark)).replaceAll(REDACTED, mark);
}

/** @returns the text to put into use; each mark becomes a text that nobody knows */
export function fillHidden(text: string): string {
  return text.replaceAll(MARK, () => `${MARK}-${randomBytes(18).toString('base64url')}`);
}

/** Whether anything in it was hidden. */
export const hasHidden = (text: string): boolean => text.includes(MARK);

function mayBeSecret(value: string, names: readonly string[]): boolean {
  if (value === '' || REFERENCE_ALONE.test(value)) return false;
  const name = names.at(-1) ?? '';
  return (
    SECRET_NAME.test(name) ||
    WITH_PASSWORD.test(value) ||
    isCredential(value) ||
    (names.at(-2) === 'headers' && isSecretHeader(name))
  );
}

/** Names of the settings around a value, the innermost last. */
function namesOf(path: readonly unknown[]): readonly string[] {
  return path.flatMap((step) =>
    isPair(step) && isScalar(step.key) ? [ourName(String(step.key.value))] : [],
  );
}

const ourName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
