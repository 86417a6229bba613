/** What a client of OpenAI's chat format makes of a body. */
interface Choice {
  readonly choices?: readonly { readonly message?: Text; readonly delta?: Text }[];
}
interface Text {
  readonly content?: string | null;
}
const isChoice = (value: unknown): value is Choice => typeof value === 'object' && value !== null;

function parsed(text: string): Choice {
  try {
    const value: unknown = JSON.parse(text);
    return isChoice(value) ? value : {};
  } catch {
    return {};
  }
}

const dataOf = (body: string): readonly string[] =>
  body.split('\n').flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : []));
export const events = (body: string): readonly Choice[] => dataOf(body).map(parsed);
/** How often the stream says that it is whole; -1 where something follows it. */
export function terminators(body: string): number {
  const data = dataOf(body);
  const count = data.filter((line) => line === '[DONE]').length;
  return count > 0 && data.at(-1) !== '[DONE]' ? -1 : count;
}

/** All text of an answer. */
export function contentOf(body: string, streamed: boolean): string {
  if (!streamed) return parsed(body).choices?.[0]?.message?.content ?? '';
  return events(body)
    .map(({ choices }) => choices?.[0]?.delta?.content ?? '')
    .join('');
}
