/** What a member of a request may be: in the words of an error for clients, and as data that pages have words for. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { ProblemSaying } from '../../contract/rpc/problem-sayings.ts';

export interface Allowed {
  /** Goes on from `"field" must be`. */
  readonly words: string;
  readonly saying: ProblemSaying;
  /** Of the saying, besides its field. */
  readonly values: Told['values'];
}

const plain = (words: string, saying: ProblemSaying, values: Told['values'] = {}): Allowed => ({
  words,
  saying,
  values,
});

export const AN_OBJECT = plain('an object', 'body-object');
export const AN_ARRAY = plain('an array', 'body-array');
export const A_TEXT = plain('a text in quotes', 'body-text');
export const TRUE_OR_FALSE = plain('true or false', 'body-boolean');
export const A_NUMBER = plain('a number', 'body-number');
export const A_MODEL = plain('the name of a model in quotes', 'body-model');
export const TEXTS = plain('a text in quotes or an array of them', 'body-texts');
export const BLOCKS = plain('a text in quotes or an array of blocks', 'body-blocks');
export const TEXT_BLOCKS = plain('a text in quotes or an array of text blocks', 'body-text-blocks');
export const MESSAGES = plain('an array of at least one message', 'body-messages');
export const AN_IMAGE = plain('the base64 of a PNG, JPEG, GIF or WebP image', 'body-image');
export const JSON_OR_SCHEMA = plain('"json" or a JSON schema', 'body-json-or-schema');

export const countFrom = (least: number): Allowed =>
  plain(`a whole number from ${least} up`, 'body-count', { least });

export const oneOf = (words: readonly string[]): Allowed => {
  const values = words.join(', ');
  return plain(`one of ${values}`, 'body-one-of', { values });
};

/** A switch that may also say how much. */
export const switchOr = (words: readonly string[]): Allowed => {
  const values = words.join(', ');
  return plain(`true, false or one of ${values}`, 'body-switch-or', { values });
};

/** @param example the object as JSON */
export const objectLike = (example: string): Allowed =>
  plain(`an object such as ${example}`, 'body-object-like', { example });

/** @param members what has to be in it */
export const objectWith = (...members: readonly string[]): Allowed =>
  plain(`an object with ${members.join(' and ')}`, 'body-object-with', { members: members.join(', ') });

/** The same in other words to clients, where a call asks for more than pages can say. */
export const inWords = (words: string, allowed: Allowed): Allowed => ({ ...allowed, words });
