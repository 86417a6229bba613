/** Every recorded answer, decoded: what it says is stated here by hand. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { readEvent, splitEvents } from '../../core/sse.ts';
import { createEventFramer } from '../../transport/sse.ts';
import { decodeAnswer, decodeStream } from './decode-answer.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/fixtures/', import.meta.url));
const PRESENT = existsSync(FOLDER);

interface Stated {
  /** Long ones as beginning and end with `…` between. */
  readonly text?: string;
  readonly reasoning?: string;
  /** Id, name and arguments of each. */
  readonly calls?: readonly string[];
  readonly finish: readonly string[];
  /** Input, cache read, cache write, output, reasoning. */
  readonly usage?: readonly number[];
}

const STATED: Readonly<Record<string, Stated>> = {
  'openai-chat/azure-model-router.chunks.txt': {
    text: 'Capital of Denmark.',
    finish: ['stop'],
    usage: [15, 0, 0, 78, 64],
  },
  'openai-chat/image-url.json': {
    text: 'A tiny blue cartoon character.',
    finish: ['stop'],
    usage: [22, 0, 0, 719, 704],
  },
  'openai-chat/json-mode.json': {
    text: '{"name":"Alex Smith","age":29,"city":"San Francisco"}',
    finish: ['stop'],
    usage: [21, 0, 0, 280, 256],
  },
  'openai-chat/length-detailed-usage.json': { finish: ['length'], usage: [12, 0, 0, 100, 100] },
  'openai-chat/n-choices.json': {
    text: 'This is a test. How can I assist you further?',
    finish: ['stop', 'stop'],
    usage: [12, 0, 0, 24, 0],
  },
  'openai-chat/prompt-cache-hit.json': { text: 'OK', finish: ['stop'], usage: [4020, 4012, 0, 4, 0] },
  'openai-chat/prompt-cache-write.json': { text: 'OK', finish: ['stop'], usage: [4020, 0, 4012, 4, 0] },
  'openai-chat/reasoning-effort.json': {
    text: 'Ball costs 5 cents.\n\nReason: L…x = 0.10 → x = 0.05.',
    finish: ['stop'],
    usage: [27, 0, 0, 267, 192],
  },
  'openai-chat/refusal.json': { finish: ['stop'], usage: [65, 0, 0, 12, 0] },
  'openai-chat/text-basic.json': {
    text: 'Hi there! How can I help you t…at you’d like to do.',
    finish: ['stop'],
    usage: [8, 0, 0, 377, 320],
  },
  'openai-chat/text-stream-usage-length.sse': { finish: ['length'], usage: [12, 0, 0, 100, 100] },
  'openai-chat/text-stream.sse': {
    text: 'Hi there! How can I help today…ou’re curious about.',
    finish: ['stop'],
  },
  'openai-chat/tool-call-stream.sse': {
    calls: ['call_Z22A2KgxWHH4160txiDlsuCd get_current_weather {"location":"San Francisco"}'],
    finish: ['tool-calls'],
  },
  'openai-chat/tool-call.json': {
    calls: [
      'call_8fxy20OEu9ulvvaa5b5CzVA4 get_current_weather {"location":"Boston, MA","unit":"fahrenheit"}',
    ],
    finish: ['tool-calls'],
    usage: [162, 0, 0, 287, 256],
  },
  'openai-chat/tool-calls-parallel-stream.sse': {
    calls: [
      'call_j7L00WV19wwQCvKOIVZewXZm get_current_weather {"location": "Seattle, WA"}',
      'call_sAIOI3dvcd1YMsEqD8DI3l8B get_current_weather {"location": "San Francisco, CA"}',
    ],
    finish: ['tool-calls'],
    usage: [75, 0, 0, 51, 0],
  },
  'openai-chat/tool-calls-parallel.json': {
    calls: [
      'call_vwOezSsB5j9ei1SSMlZjqx7g get_current_weather {"location": "Seattle, WA"}',
      'call_LzeIYcKhHnVF60u4LmBpT1tv get_current_weather {"location": "San Francisco, CA"}',
    ],
    finish: ['tool-calls'],
    usage: [75, 0, 0, 51, 0],
  },
  'openai-chat/tool-results-followup.json': {
    text: 'Today, the weather in Seattle …0 degrees and sunny.',
    finish: ['stop'],
    usage: [99, 0, 0, 25, 0],
  },
  'openai-chat/web-search-stream.sse': {
    text: 'The URL https://httpbin.org/ba…ded string "test".  ',
    finish: ['stop'],
  },
  'openai-chat/web-search.json': {
    text: 'The URL https://httpbin.org/ba…ded string "test".  ',
    finish: ['stop'],
    usage: [26, 0, 0, 22, 0],
  },
  'openai-chat-dialects/anthropic-compat-tool-index1.sse': {
    text: 'Reading it.',
    calls: ['toolu_sanitized read_file {"path": "a.txt"}'],
    finish: ['tool-calls'],
  },
  'openai-chat-dialects/cerebras-reasoning.json': {
    text: '25 * 4 = 100.',
    reasoning: 'The user wants me to solve the…iplied by 4 is 100."',
    finish: ['stop'],
    usage: [17, 0, 0, 415, 406],
  },
  'openai-chat-dialects/deepseek-reasoner-toolturn2.json': {
    text: 'Let me get your name and roll the die!',
    reasoning: 'Great, now I have access to th…d then roll the die.',
    calls: [
      'call_00_6edlnw3Z1MgeMfey687g8451 get_player_name {}',
      'call_01_km02sac7sHxNDPATKLZy7705 roll_dice {}',
    ],
    finish: ['tool-calls'],
    usage: [875, 0, 0, 79, 26],
  },
  'openai-chat-dialects/deepseek-reasoning.chunks.txt': {
    text: 'The word "strawberry" contains three "r"s.',
    reasoning: 'We need to count the number of…us, the answer is 3.',
    finish: ['stop'],
    usage: [18, 0, 0, 219, 205],
  },
  'openai-chat-dialects/deepseek-reasoning.json': {
    text: 'The word "strawberry" contains… two before the "y".',
    reasoning: "We are asked: \"How many 'r's a…y'?\" So answer is 3.",
    finish: ['stop'],
    usage: [18, 0, 0, 345, 315],
  },
  'openai-chat-dialects/deepseek-tool-call.chunks.txt': {
    reasoning: 'The user is asking for the wea… to "San Francisco".',
    calls: ['call_00_ioIn7yN9p1ZOMNpDLwd4MgAF weather {"location": "San Francisco"}'],
    finish: ['tool-calls'],
    usage: [339, 320, 0, 83, 39],
  },
  'openai-chat-dialects/groq-reasoning.json': {
    text: 'The word "strawberry" contains…ns. \n\n**Answer:** 3.',
    reasoning: 'Okay, so the user is asking ho…answer should be 3.\n',
    finish: ['stop'],
    usage: [17, 0, 0, 649, 570],
  },
  'openai-chat-dialects/groq-tool-call.chunks.txt': {
    calls: ['tk85n1k4m weather {}'],
    finish: ['tool-calls'],
    usage: [210, 0, 0, 15, 0],
  },
  'openai-chat-dialects/mistral-incremental-tool-call.chunks.txt': {
    calls: ['chatcmpl-tool-9f149c74c42f265b webSearchTool {"query": "current Berlin weather"}'],
    finish: ['tool-calls'],
    usage: [171, 128, 0, 14, 0],
  },
  'openai-chat-dialects/mistral-reasoning.chunks.txt': {
    text: '2 + 2 = 4',
    reasoning: 'The user is asking for 2+2. This is basic arithmetic. 2+2=4.',
    finish: ['stop'],
    usage: [10, 0, 0, 46, 0],
  },
  'openai-chat-dialects/mistral-text.chunks.txt': {
    text: 'Hello, world! This is a test response.',
    finish: ['stop'],
    usage: [13, 0, 0, 8, 0],
  },
  'openai-chat-dialects/mistral-tool-call.chunks.txt': {
    calls: ['gSIMJiOkT weather {"location": "San Francisco"}'],
    finish: ['tool-calls'],
    usage: [124, 0, 0, 22, 0],
  },
  'openai-chat-dialects/ollama-cloud-toolcall.json': {
    reasoning: 'The conversation: user asked "…rmat. Let\'s do that.',
    calls: ['call_o2vnpxrw final_result {"city":"Paris","country":"France"}'],
    finish: ['tool-calls'],
    usage: [206, 0, 0, 194, 0],
  },
  'openai-chat-dialects/openrouter-cache-stream.sse': {
    text: 'Hello!',
    finish: ['stop'],
    usage: [254, 0, 0, 5, 0],
  },
  'openai-chat-dialects/openrouter-cache-write.json': {
    text: 'Let me calculate that for you!',
    calls: ['toolu_01QXVkPZYABFNhTASu9uBdEM calculator {"expression": "123 * 456"}'],
    finish: ['tool-calls'],
    usage: [2572, 0, 2569, 63, 0],
  },
  'openai-chat-dialects/openrouter-claude-reasoning-nonstream.json': {
    text: 'I am Claude, an AI assistant c…ow I can assist you?',
    reasoning: 'This question is asking me abo… ethical boundaries.',
    finish: ['stop'],
    usage: [43, 0, 0, 402, 0],
  },
  'openai-chat-dialects/openrouter-claude-reasoning.sse': {
    text: '2 + 2 = 4',
    reasoning: 'This is a simple arithmetic question. 2+2 equals 4.',
    finish: ['stop'],
    usage: [43, 0, 0, 36, 13],
  },
  'openai-chat-dialects/openrouter-gemini-toolcall.json': {
    calls: [
      'tool_insert_level_with_spaces_3ZiChYzj8xER8HixJe7W insert_level_with_spaces {"sp…me":"ground_floor"}}',
    ],
    finish: ['tool-calls'],
    usage: [326, 0, 0, 91, 0],
  },
  'openai-chat-dialects/openrouter-midstream-error.sse': {
    reasoning: 'We need to respond to a greeting. The user',
    finish: [],
    usage: [43, 0, 0, 10, 11],
  },
  'openai-chat-dialects/openrouter-openai-encrypted.json': {
    text: 'Short answer: Very large. Volt…es for deeper study.',
    reasoning: '**Structuring Voltaire’s Impac…rounded exploration.',
    finish: ['stop'],
    usage: [41, 0, 0, 1457, 704],
  },
  'openai-chat-dialects/xai-text.chunks.txt': {
    text: 'Hello',
    reasoning: 'First, the user said',
    finish: ['stop'],
    usage: [12, 11, 0, 291, 290],
  },
  'openai-chat-dialects/xai-tool-call.chunks.txt': {
    reasoning: 'First, the user is',
    calls: ['call_55117580 weather {"location":"San Francisco"}'],
    finish: ['tool-calls'],
    usage: [291, 290, 0, 222, 196],
  },
  'openai-chat-dialects/zai-thinking-stream.sse': {
    text: '4',
    reasoning: '\n1.  **Analyze the User\'s Requ…nal response:** "4".',
    finish: ['stop'],
    usage: [13, 0, 0, 564, 561],
  },
};
const ERRORS: Readonly<Record<string, string>> = {
  'openai-chat-dialects/openrouter-midstream-error.sse': 'Token limit reached',
};

const read = (file: string): string => readFileSync(FOLDER + file, 'utf8');
const object = (value: unknown): JsonObject => (isObject(value) ? value : {});

function streamOf(file: string): string {
  if (file.endsWith('.sse')) return read(file);
  const lines = read(file)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return `${lines.map((line) => `data: ${line}\n\n`).join('')}data: [DONE]\n\n`;
}

/** A recording is an exchange, or the bare body of the answer. */
function bodyOf(file: string): JsonObject {
  const recorded = object(parseJson(read(file)));
  return object(object(recorded['response'])['body'] ?? recorded);
}

function decodeEvents(events: readonly Uint8Array[]): readonly StreamPart[] {
  const decoder = decodeStream();
  const parts = events.flatMap((event) => decoder.decode(readEvent(event)));
  expect(decoder.complete).toBe(!parts.some(({ kind }) => kind === 'error'));
  return [...parts, ...decoder.end()];
}

const partsOf = (file: string): readonly StreamPart[] =>
  file.endsWith('.json')
    ? decodeAnswer(bodyOf(file))
    : decodeEvents(splitEvents(Buffer.from(streamOf(file))).events);

function summary(parts: readonly StreamPart[]): Stated {
  let text = '';
  let reasoning = '';
  const calls: string[] = [];
  const finish: string[] = [];
  let usage: readonly number[] = [];
  for (const part of parts) {
    if (part.kind === 'text-delta' && part.candidate === undefined) text += part.text;
    if (part.kind === 'reasoning-delta') reasoning += part.text;
    if (part.kind === 'tool-call-start') calls[part.index] = `${part.id} ${part.name} `;
    if (part.kind === 'tool-call-delta') calls[part.index] = `${calls[part.index] ?? ''}${part.text}`;
    if (part.kind === 'finish') finish.push(part.reason);
    if (part.kind === 'usage') {
      const { input, cacheRead, cacheWrite, output, reasoning: thought } = part.usage;
      usage = [input, cacheRead, cacheWrite, output, thought];
    }
  }
  return {
    ...(text === '' ? {} : { text: short(text, 60, 30) }),
    ...(reasoning === '' ? {} : { reasoning: short(reasoning, 60, 30) }),
    ...(calls.length === 0 ? {} : { calls: calls.map((call) => short(call, 120, 80)) }),
    finish,
    ...(usage.length === 0 ? {} : { usage }),
  };
}

const short = (text: string, most: number, head: number): string =>
  text.length <= most ? text : `${text.slice(0, head)}…${text.slice(-20)}`;

/** Starts before deltas before ends; one response; nothing behind the finish but further ones. */
function expectOrder(parts: readonly StreamPart[]): void {
  const kinds = parts.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'response-start')).toHaveLength(1);
  expect(kinds[0]).toBe('response-start');
  const count = (kind: StreamPart['kind']): number => kinds.filter((one) => one === kind).length;
  expect(count('reasoning-start')).toBe(count('reasoning-end'));
  expect(count('tool-call-start')).toBe(count('tool-call-end'));
  expect(kinds.slice(kinds.indexOf('finish')).every((kind) => kind === 'finish')).toBe(true);
}

describe.skipIf(!PRESENT)('recorded answers', () => {
  test.each(Object.keys(STATED))('%s', (file) => {
    const parts = partsOf(file);
    const failure = ERRORS[file];
    expect(summary(parts)).toEqual(STATED[file]);
    if (failure === undefined) expectOrder(parts);
    else expect(parts.at(-1)).toMatchObject({ kind: 'error', error: { message: failure } });
  });

  test.each(Object.keys(STATED).filter((file) => !file.endsWith('.json')))('%s, cut anywhere', (file) => {
    const bytes = Buffer.from(streamOf(file));
    const whole = decodeEvents(splitEvents(bytes).events);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 40 }), (cuts) => {
        const framer = createEventFramer();
        const decoder = decodeStream();
        const parts: StreamPart[] = [];
        let from = 0;
        for (const to of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
          const run = framer.push(bytes.subarray(from, to));
          from = to;
          if (run === null) continue;
          for (const event of splitEvents(run).events) parts.push(...decoder.decode(readEvent(event)));
        }
        expect([...parts, ...decoder.end()]).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });
});

describe.skipIf(!PRESENT)('reasoning that its provider wants back', () => {
  const signatures = (file: string): readonly unknown[] =>
    partsOf(file).flatMap((part) =>
      part.kind === 'reasoning-end' && part.signature !== null ? [parseJson(part.signature.value)] : [],
    );

  test('fragments of an entry are one, with the signature that came last', () => {
    expect(signatures('openai-chat-dialects/openrouter-claude-reasoning.sse')).toEqual([
      {
        type: 'reasoning.text',
        text: 'This is a simple arithmetic question. 2+2 equals 4.',
        signature: expect.stringMatching(/^Et0BCkgI/),
        format: 'anthropic-claude-v1',
        index: 0,
      },
    ]);
  });

  test('a summary and its encrypted content are two, though they share an index', () => {
    const file = 'openai-chat-dialects/openrouter-openai-encrypted.json';
    const [choice] = [bodyOf(file)['choices']].flat();
    expect(signatures(file)).toEqual(object(object(choice)['message'])['reasoning_details']);
  });
});
