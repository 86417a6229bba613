/** Names in filters: `*` stands for any characters, `\*` for the star itself. Pure. */

/** Holds the place of a star that is meant; no name has it. */
const STAR = '\0';

/** What stands between the wildcards, as it is; one piece where there is none. */
export function piecesOf(value: string): readonly string[] {
  return value
    .replaceAll('\\*', STAR)
    .split('*')
    .map((piece) => piece.replaceAll(STAR, '*'));
}

/** Whether more than one name may fit. */
export const isPattern = (value: string): boolean => piecesOf(value).length > 1;

/** A filter's value that only this name fits. */
export const literally = (name: string): string => name.replaceAll('*', '\\*');
