/** A request as it is shown: long texts cut, many messages counted. Pure. */

/** Characters of a text and messages at the end that are shown. */
const LONGEST = 120;
const MESSAGES = 4;

const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** @param earlier words for messages that are left out */
export function shorten(
  body: Readonly<Record<string, unknown>>,
  earlier: (count: number) => string,
): Readonly<Record<string, unknown>> {
  const { messages } = body;
  if (!isArray(messages)) return body;
  const left = Math.max(0, messages.length - MESSAGES);
  const last = messages.slice(left).map(shortenTexts);
  return { ...body, messages: left === 0 ? last : [`… ${earlier(left)}`, ...last] };
}

function shortenTexts(message: unknown): unknown {
  if (typeof message !== 'object' || message === null) return message;
  const entries = Object.entries(message).map(([name, value]): [string, unknown] => [
    name,
    typeof value === 'string' && value.length > LONGEST
      ? `${value.slice(0, LONGEST).toWellFormed()}…`
      : value,
  ]);
  return Object.fromEntries(entries);
}
