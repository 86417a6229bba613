/** Of words in several forms the one that agrees with a number, as vue-i18n reads `one | many` and `none | one | many`. */
export function pluralForm(text: string, count: string | number | undefined): string {
  const forms = text.split(' | ');
  if (forms.length === 1) return text;
  const place = forms.length === 2 ? (count === 1 ? 0 : 1) : Math.min(Number(count), 2);
  return forms[place] ?? text;
}
