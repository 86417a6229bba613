/**
 * Keys that clients put into the address (`?key=...`, as Gemini's API takes them). They are never read, since
 * addresses end up in histories and logs; and they are never written down. Pure.
 */
import { isSecretName } from './secret-names.ts';

export function hasAddressKey(target: string): boolean {
  return parametersOf(target).some(isKey);
}

/** The same request target without those parameters; everything else stays as it was written. */
export function withoutAddressKeys(target: string): string {
  const parameters = parametersOf(target);
  if (!parameters.some(isKey)) return target;
  const path = target.slice(0, target.indexOf('?'));
  const kept = parameters.filter((parameter) => !isKey(parameter));
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

function parametersOf(target: string): readonly string[] {
  const question = target.indexOf('?');
  return question === -1 ? [] : target.slice(question + 1).split(/[&;]/);
}

/** `api_key`, `API-Key`, `$key` and `k%65y` are all meant. */
const isKey = (parameter: string): boolean => isSecretName(decoded(parameter.split('=', 1)[0] ?? ''));

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
