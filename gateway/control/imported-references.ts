/**
 * Variables of this machine that an import would read where they are not read now. What most settings hold is shown in
 * the pages and in sentences: there a variable would be read out to whoever may import. Pure.
 */
import { isSecretName } from '../backup/hide-secrets.ts';
import { variablesIn } from '../config/expand.ts';
import { placedTexts } from './moved-secrets.ts';

/** One text that refers to variables. */
export interface NewReference {
  /** `providers[openai].keys[k1].value` */
  readonly place: string;
  readonly variable: string;
  /** True where what is read is shown to nobody: secrets, headers, and addresses that are all of one variable. */
  readonly hidden: boolean;
}

/** @param before values as the file in force has them, variables not expanded @param after those of the import */
export function newReferences(before: unknown, after: unknown): readonly NewReference[] {
  const known = new Set(referencesOf(before).map(named));
  return referencesOf(after).filter((reference) => !known.has(named(reference)));
}

/** As it is told: `providers[openai].keys[k1].value: OPENAI_API_KEY`. */
export const toldReference = ({ place, variable }: NewReference): string => `${place}: ${variable}`;

/** Entries without an id have their number alone, and that changes. What was hidden is not known where it is shown. */
const named = (reference: NewReference): string =>
  `${toldReference(reference).replaceAll(/\[\d+\]/g, '[]')} ${reference.hidden}`;

function referencesOf(source: unknown): readonly NewReference[] {
  return [...placedTexts(source)].flatMap(([place, text]) =>
    variablesIn(text).map((variable) => ({ place, variable, hidden: isHidden(place, text) })),
  );
}

const ADDRESS = /(?:^|\.)(?:base_url|models_url|proxy|webhook\.url)$/;
const ALONE = /^\$\{[^{}]*\}$/;

function isHidden(place: string, text: string): boolean {
  // What is no address is refused there, and never quoted.
  if (ADDRESS.test(place)) return ALONE.test(text);
  const plain = place.replaceAll(/\[[^\]]*\]/g, '');
  return isSecretName(plain.split('.').at(-1) ?? '') || plain.startsWith('providers.headers.');
}
