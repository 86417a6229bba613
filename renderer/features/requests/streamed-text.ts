/** Puts a streamed answer together for reading; the stream itself is shown beside it as it came. */

export interface StreamedText {
  readonly reasoning: string;
  readonly text: string;
  /** Calls of tools in their order, with the arguments as they came. */
  readonly tools: readonly { readonly name: string; readonly arguments: string }[];
}

/** True for a body that is a stream of server-sent events. */
export function isEventStream(body: string): boolean {
  return /^(?:\uFEFF)?(?::|data:|event:|id:|retry:)/.test(body.trimStart());
}

/** Events of a chat completion; lines that are no JSON are passed over. */
export function assemble(body: string): StreamedText {
  const parts = { reasoning: '', text: '' };
  const tools: { name: string; arguments: string }[] = [];
  for (const line of body.split(/\r\n|\r|\n/)) {
    if (!line.startsWith('data:')) continue;
    const delta = deltaOf(line.slice(5));
    parts.text += stringIn(delta, 'content');
    parts.reasoning += stringIn(delta, 'reasoning_content') || stringIn(delta, 'reasoning');
    for (const call of listIn(delta, 'tool_calls')) {
      const index = member(call, 'index');
      const place = typeof index === 'number' ? index : tools.length;
      const tool = (tools[place] ??= { name: '', arguments: '' });
      tool.name += stringIn(member(call, 'function'), 'name');
      tool.arguments += stringIn(member(call, 'function'), 'arguments');
    }
  }
  return { ...parts, tools: tools.filter(Boolean) };
}

function deltaOf(data: string): unknown {
  try {
    const [choice] = listIn(JSON.parse(data), 'choices');
    return member(choice, 'delta');
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? new Map(Object.entries(value)).get(name)
    : undefined;
}
function stringIn(value: unknown, name: string): string {
  const found = member(value, name);
  return typeof found === 'string' ? found : '';
}
function listIn(value: unknown, name: string): readonly unknown[] {
  const found = member(value, name);
  return Array.isArray(found) ? found : [];
}
