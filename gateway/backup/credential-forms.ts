/** Credentials that are known by their form, where no name of a setting tells: old keys in comments, unusual headers. Pure. */

/** Beginnings that vendors give their keys so that they are found, Google's, and signed tokens. */
const FORM =
  /\b(?:sk|pk|rk|gsk|csk|xai|pplx|nvapi|hf|ghp|gho|glpat|xox[abps]|r8|fw)[-_][\w-]{12,}|\bAIza[\w-]{20,}|\beyJ[\w-]{10,}\.[\w-]{10,}[\w.-]*/g;
const SCHEME = /^(?:bearer|basic|token)\s+\S/i;
/** A setting that was commented out: `#   value: hunter2`; a reference to a variable is none. */
const SET_ASIDE =
  /((?:^|[\s#{,"'_-])(?:api_?keys?|keys?|value|password|token|secret|authorization)["']?\s*[:=]\s*["']?(?:bearer\s+)?)(?!\$\{)[^\s"',{}[\]]{4,}/gi;
/** YAML begins a comment with `#` at the beginning of a line or after a space. */
const COMMENT = /(^|\s)#.*$/gm;

export const isCredential = (value: string): boolean => value.search(FORM) >= 0 || SCHEME.test(value);

/** What only looks like a comment, in a quoted text, is treated as one. */
export const hideInComments = (text: string, mark: string): string =>
  text.replace(COMMENT, (comment) =>
    comment.replace(FORM, mark).replace(SET_ASIDE, (_, before: string) => `${before}${mark}`),
  );
