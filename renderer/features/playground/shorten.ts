/** A request as it is shown: long texts cut, many messages counted. Pure. */

/** Characters of a text and messages at the end that are shown. */
const LONGEST = 120;
const MESSAGES = 4;
/** Where the formats keep what was said. */
const SAID = ['messages', 'input', 'contents'] as const;

type Body = Readonly<Record<string, unknown>>;
const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** @param earlier words for messages that are left out */
export function shorten(body: Body, earlier: (count: number) => string): Body {
  const said = SAID.flatMap((name) => {
    const messages = body[name];
    if (!isArray(messages)) return [];
    const left = Math.max(0, messages.length - MESSAGES);
    return [[name, left === 0 ? messages : [`… ${earlier(left)}`, ...messages.slice(left)]] as const];
  });
  const cut = cutTexts({ ...body, ...Object.fromEntries(said) });
  return isObject(cut) ? cut : {};
}

const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !isArray(value);

function cutTexts(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length > LONGEST ? `${value.slice(0, LONGEST).toWellFormed()}…` : value;
  }
  if (isArray(value)) return value.map(cutTexts);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]): [string, unknown] => [name, cutTexts(part)]),
  );
}
