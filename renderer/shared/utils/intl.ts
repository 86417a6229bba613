/**
 * Formats of figures and moments. To make one takes a hundred times as long as to use it, and rows of a list use
 * several each: every one is made once.
 */

const numbers = new Map<string, Intl.NumberFormat>();
const moments = new Map<string, Intl.DateTimeFormat>();

export function numberFormat(language: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const name = language + JSON.stringify(options);
  const known = numbers.get(name);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(language, options);
  numbers.set(name, made);
  return made;
}

/** A format keeps the time zone it was made in: people travel while the app runs. */
export function momentFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${language}${new Date().getTimezoneOffset()}${JSON.stringify(options)}`;
  const known = moments.get(name);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(language, options);
  moments.set(name, made);
  return made;
}
