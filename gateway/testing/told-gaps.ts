/** Whether what is told as data can be said in every language, for tests. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';

/** The part of a file of words that sayings of the gateway are in. */
export interface ToldWords {
  readonly remarks: Readonly<Record<string, string>>;
  readonly problems: { readonly told: Readonly<Record<string, string>> };
  readonly refusals: {
    readonly told: Readonly<Record<string, string>>;
    readonly faults: Readonly<Record<string, string>>;
  };
}

/** @returns codes without words in a language, and places of words that no value is for */
export function toldGaps(
  languages: readonly ToldWords[],
  { code, values, reason, parts }: Told,
): readonly string[] {
  const known = [
    ...Object.keys(values),
    ...(reason === undefined ? [] : ['words']),
    ...(parts === undefined ? [] : ['first', 'rest']),
  ];
  const here = languages.flatMap(({ problems, refusals, remarks }) => {
    const text = problems.told[code] ?? refusals.faults[code] ?? refusals.told[code] ?? remarks[code];
    if (text === undefined) return [code];
    const places = [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '');
    return places.filter((place) => !known.includes(place)).map((place) => `${code}: ${place}`);
  });
  const within = [...(reason === undefined ? [] : [reason]), ...(parts ?? [])];
  return [...here, ...within.flatMap((told) => toldGaps(languages, told))];
}

/** Codes of a saying and of all that is in it. */
export function codesOf({ code, reason, parts = [] }: Told): readonly string[] {
  return [code, ...[...(reason === undefined ? [] : [reason]), ...parts].flatMap(codesOf)];
}
