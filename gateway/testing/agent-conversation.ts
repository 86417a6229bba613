/** A made-up conversation of a coding agent, the same each time: instructions, tools, and turns of calls and results. */

import type { JsonObject } from '../core/json.ts';

export type AgentShape = 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini';

/** Request and streamed answer of one turn, as they cross the wire. */
export interface AgentTurn {
  readonly request: string;
  readonly response: string;
}

const WORDS =
  'the file function test value returns error which request handler should config option because module export import type string number array object user server client route check first before after without when cannot missing already update create delete read write parse result index line check build run fails passes expected received'.split(
    ' ',
  );

/** Numbers that look random and are the same each time. */
function createNumbers(): (below: number) => number {
  let state = 12_345;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

interface Said {
  readonly text: string;
  readonly call: { readonly id: string; readonly name: string; readonly input: Record<string, unknown> };
  readonly result: string;
}

interface Story {
  readonly instructions: string;
  readonly tools: readonly { readonly name: string; readonly description: string }[];
  readonly question: string;
  readonly turns: readonly Said[];
}

function tell(count: number): Story {
  const number = createNumbers();
  const word = (): string => WORDS[number(WORDS.length)] ?? '';
  const name = (): string => `${word()}${number(900)}${word().replace(/^./, (first) => first.toUpperCase())}`;
  const prose = (words: number): string => Array.from({ length: words }, word).join(' ');
  const code = (lines: number): string =>
    Array.from({ length: lines }, (_, at) => `${at + 1}\t  const ${name()} = ${word()}(${name()}, ${number(9_999)});`).join('\n'); // prettier-ignore
  return {
    instructions: prose(1_500),
    tools: Array.from({ length: 14 }, () => ({ name: name(), description: prose(110) })),
    question: prose(60),
    turns: Array.from({ length: count }, (_, at) => ({
      text: prose(40),
      call: {
        id: `call_${name()}${at}`,
        name: 'Edit',
        input: { file_path: `/src/${word()}/${name()}.ts`, old_string: code(6), new_string: code(8) },
      },
      result: code(25 + number(60)),
    })),
  };
}

/** @param count of turns; each request brings all turns before it */
export function agentConversation(shape: AgentShape, count: number): readonly AgentTurn[] {
  const story = tell(count);
  return story.turns.map((turn, at) => ({
    request: JSON.stringify(REQUESTS[shape](story, story.turns.slice(0, at))),
    response: ANSWERS[shape](turn),
  }));
}

const PARAMETERS = {
  type: 'object',
  properties: { file_path: { type: 'string' }, text: { type: 'string' } },
};

const REQUESTS: Readonly<Record<AgentShape, (story: Story, before: readonly Said[]) => object>> = {
  'openai-chat': ({ instructions, tools, question }, before) => ({
    model: 'gpt-5',
    messages: [
      { role: 'system', content: instructions },
      { role: 'user', content: question },
      ...before.flatMap(({ text, call, result }) => [
        {
          role: 'assistant',
          content: text,
          tool_calls: [
            {
              id: call.id,
              type: 'function',
              function: { name: call.name, arguments: JSON.stringify(call.input) },
            },
          ],
        },
        { role: 'tool', tool_call_id: call.id, content: result },
      ]),
    ],
    tools: tools.map((tool) => ({ type: 'function', function: { ...tool, parameters: PARAMETERS } })),
    stream: true,
  }),
  'openai-responses': ({ instructions, tools, question }, before) => ({
    model: 'gpt-5',
    instructions,
    input: [
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: question }] },
      ...before.flatMap(({ text, call, result }) => [
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] },
        { type: 'function_call', call_id: call.id, name: call.name, arguments: JSON.stringify(call.input) },
        { type: 'function_call_output', call_id: call.id, output: result },
      ]),
    ],
    tools: tools.map((tool) => ({ type: 'function', ...tool, parameters: PARAMETERS })),
    stream: true,
  }),
  // The mark of the cache moves on to the newest message, as agents do it.
  'anthropic-messages': ({ instructions, tools, question }, before) => ({
    model: 'claude-sonnet-4-5',
    system: [{ type: 'text', text: instructions, cache_control: { type: 'ephemeral' } }],
    messages: [
      { role: 'user', content: [{ type: 'text', text: question }] },
      ...before.flatMap(({ text, call, result }, at) => [
        {
          role: 'assistant',
          content: [
            { type: 'text', text },
            { type: 'tool_use', ...call },
          ],
        },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: call.id,
              content: result,
              ...(at === before.length - 1 ? { cache_control: { type: 'ephemeral' } } : {}),
            },
          ],
        },
      ]),
    ],
    tools: tools.map((tool) => ({ ...tool, input_schema: PARAMETERS })),
    stream: true,
  }),
  gemini: ({ instructions, tools, question }, before) => ({
    systemInstruction: { parts: [{ text: instructions }] },
    contents: [
      { role: 'user', parts: [{ text: question }] },
      ...before.flatMap(({ text, call, result }) => [
        { role: 'model', parts: [{ text }, { functionCall: { name: call.name, args: call.input } }] },
        { role: 'user', parts: [{ functionResponse: { name: call.name, response: { result } } }] },
      ]),
    ],
    tools: [{ functionDeclarations: tools.map((tool) => ({ ...tool, parameters: PARAMETERS })) }],
  }),
};

/** Pieces of four characters, about a token each. */
const pieces = (text: string): readonly string[] => text.match(/[\s\S]{1,4}/g) ?? [];
const events = (values: readonly object[]): string =>
  values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('');
const named = (values: readonly (JsonObject & { readonly type: string })[]): string =>
  values.map((value) => `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`).join('');

const ANSWERS: Readonly<Record<AgentShape, (turn: Said) => string>> = {
  'openai-chat'({ text, call }) {
    const chunk = (delta: object) => ({
      id: `chatcmpl-${call.id}`,
      object: 'chat.completion.chunk',
      created: 1_790_000_000,
      model: 'gpt-5',
      service_tier: 'default',
      choices: [{ index: 0, delta, finish_reason: null }],
    });
    const piece = (index: number, rest: object) => chunk({ tool_calls: [{ index, ...rest }] });
    return `${events([
      ...pieces(text).map((content) => chunk({ content })),
      piece(0, { id: call.id, function: { name: call.name, arguments: '' } }),
      ...pieces(JSON.stringify(call.input)).map((written) => piece(0, { function: { arguments: written } })),
    ])}data: [DONE]\n\n`;
  },
  'openai-responses'({ text, call }) {
    const written = JSON.stringify(call.input);
    const message = { type: 'message', content: [{ type: 'output_text', text }] };
    const item = { type: 'function_call', call_id: call.id, name: call.name, arguments: written };
    const at = { item_id: `item_${call.id}`, content_index: 0 };
    return named([
      ...pieces(text).map((delta) => ({
        type: 'response.output_text.delta',
        output_index: 0,
        delta,
        ...at,
      })),
      { type: 'response.output_item.added', output_index: 1, item: { ...item, arguments: '' } },
      ...pieces(written).map((delta) => ({
        type: 'response.function_call_arguments.delta',
        output_index: 1,
        delta,
        ...at,
      })),
      { type: 'response.completed', response: { output: [message, item] } },
    ]);
  },
  'anthropic-messages'({ text, call }) {
    const delta = (index: number, inner: object) => ({ type: 'content_block_delta', index, delta: inner });
    return named([
      ...pieces(text).map((piece) => delta(0, { type: 'text_delta', text: piece })),
      { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', ...call, input: {} } },
      ...pieces(JSON.stringify(call.input)).map((piece) =>
        delta(1, { type: 'input_json_delta', partial_json: piece }),
      ),
      { type: 'message_stop' },
    ]);
  },
  gemini({ text, call }) {
    const chunk = (part: object) => ({
      candidates: [{ content: { role: 'model', parts: [part] } }],
      modelVersion: 'gemini-3-pro',
      responseId: call.id,
    });
    return events([
      ...(text.match(/[\s\S]{1,60}/g) ?? []).map((piece) => chunk({ text: piece })),
      chunk({ functionCall: { name: call.name, args: call.input } }),
    ]);
  },
};
