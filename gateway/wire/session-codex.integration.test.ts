/**
 * A session as Codex holds one over the Responses API: nothing stored, encrypted reasoning sent back item by item, a
 * tool that takes a patch as free text with a grammar, tools in a namespace; against upstreams that are not Responses.
 */
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DialectId } from '../../contract/config/provider.ts';
import { MODELS } from '../testing/dialect-upstreams/start.ts';
import { startBench, stopBench, type Bench } from '../testing/sdk-cells/bench.ts';

type Item = OpenAI.Responses.ResponseInputItem;
type Output = OpenAI.Responses.ResponseOutputItem;

const TO: readonly DialectId[] = ['anthropic-messages', 'gemini', 'openai-chat'];
const INSTRUCTIONS = `You are Codex. ${'Work in small steps. '.repeat(300)}`;
const GRAMMAR =
  'start: begin hunk+ end\nbegin: "*** Begin Patch" LF\nend: "*** End Patch" LF?\n%import common.LF';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => stopBench(bench));

const TOOLS: OpenAI.Responses.Tool[] = [
  {
    type: 'function',
    name: 'get_weather',
    description: 'The weather of a city',
    strict: false,
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
  {
    type: 'function',
    name: 'get_time',
    description: 'What time it is',
    strict: false,
    parameters: { type: 'object', properties: { zone: { type: 'string' } }, additionalProperties: false },
  },
  {
    type: 'custom',
    name: 'apply_patch',
    description: 'Edits files. Do not wrap the patch in JSON.',
    format: { type: 'grammar', syntax: 'lark', definition: GRAMMAR },
  },
  {
    type: 'namespace',
    name: 'mcp__dictionary',
    description: 'Words and what they mean',
    tools: [
      {
        type: 'function',
        name: 'lookup',
        description: 'Looks a word up',
        strict: false,
        parameters: { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] },
      },
    ],
  },
];

const said = (text: string): Item => ({
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text }],
});

/** As Codex opens: who it is allowed to be, and where it works. */
const opening = (): Item[] => [
  {
    type: 'message',
    role: 'developer',
    content: [{ type: 'input_text', text: '<permissions>read-only</permissions>' }],
  },
  said('<environment_context>\n  <cwd>/work</cwd>\n</environment_context>'),
];

describe.each(TO)('to %s', (to) => {
  async function step(history: Item[]): Promise<readonly Output[]> {
    const client = new OpenAI({
      baseURL: `${bench.gateway.url}/v1`,
      apiKey: 'sk-codex-00000000000000000000',
      maxRetries: 0,
      defaultHeaders: { 'user-agent': 'codex_cli_rs/0.150.0', originator: 'codex_cli_rs', session_id: 'abc' },
    });
    const stream = client.responses.stream({
      model: `${to}/${MODELS[to]}`,
      instructions: INSTRUCTIONS,
      input: history,
      tools: TOOLS,
      tool_choice: 'auto',
      parallel_tool_calls: true,
      reasoning: { effort: 'medium', summary: 'auto' },
      store: false,
      include: ['reasoning.encrypted_content'],
      prompt_cache_key: 'abc',
      text: { verbosity: 'medium' },
    });
    const items: Output[] = [];
    // Codex takes what it keeps from these events, not from the whole response at the end.
    for await (const event of stream) if (event.type === 'response.output_item.done') items.push(event.item);
    const { status, id, usage } = await stream.finalResponse();
    expect(status).toBe('completed');
    expect(id).toMatch(/^resp_/);
    expect(usage?.total_tokens).toBeGreaterThan(0);
    history.push(...items.filter(isSendable));
    return items;
  }

  const textOf = (items: readonly Output[]): string =>
    items
      .flatMap((item) => (item.type === 'message' ? item.content : []))
      .map((part) => (part.type === 'output_text' ? part.text : ''))
      .join('');

  function answersTo(items: readonly Output[]): Item[] {
    return items.flatMap((item): readonly Item[] => {
      if (item.type === 'function_call') {
        return [{ type: 'function_call_output', call_id: item.call_id, output: `${item.name} says fine` }];
      }
      if (item.type !== 'custom_tool_call') return [];
      return [{ type: 'custom_tool_call_output', call_id: item.call_id, output: `${item.name} says fine` }];
    });
  }

  it('thinks, calls step by step, and every proof comes home', async () => {
    const history = [...opening(), said(`SCENARIO thinking-tool:two-codex-${to}`)];
    const first = await step(history);
    expect(first.map(({ type }) => type)).toContain('reasoning');
    history.push(...answersTo(first));
    const second = await step(history);
    history.push(...answersTo(second));
    expect(textOf(await step(history))).toBe(
      'results: get_weather says fine | get_time says fine, thoughts returned: 2',
    );

    history.push(said(`SCENARIO thinking-parallel:codex-${to}`));
    const fourth = await step(history);
    expect(fourth.filter(({ type }) => type === 'function_call')).toHaveLength(2);
    history.push(...answersTo(fourth));
    expect(textOf(await step(history))).toBe(
      'results: get_weather says fine | get_time says fine, thoughts returned: 3',
    );

    const seen = bench.upstreams[to].lastOf(`codex-${to}`)?.seen;
    expect(seen?.system).toContain(INSTRUCTIONS);
    expect(seen?.system).toContain('<permissions>read-only</permissions>');
    expect(seen?.effort === null || seen?.thinking === true).toBe(true);
  });

  it('calls a tool that takes a patch as free text, and one in a namespace', async () => {
    const history = [...opening(), said(`SCENARIO custom:patch-${to}`)];
    const first = await step(history);
    const patch = first.find((item) => item.type === 'custom_tool_call');
    expect(patch).toMatchObject({ name: 'apply_patch', input: '*** Begin Patch\n"x" = \\n\n*** End' });
    history.push(...answersTo(first));
    expect(textOf(await step(history))).toBe('results: apply_patch says fine');

    history.push(said(`SCENARIO namespaced:word-${to}`));
    const third = await step(history);
    const call = third.find((item) => item.type === 'function_call');
    expect(call).toMatchObject({
      name: 'lookup',
      namespace: 'mcp__dictionary',
      arguments: '{"word":"gateway"}',
    });
    history.push(...answersTo(third));
    expect(textOf(await step(history))).toBe('results: lookup says fine');
    // Where a grammar cannot be said, the model is told of it in words.
    const told = bench.upstreams[to]
      .lastOf(`patch-${to}`)
      ?.seen?.tools.find(({ name }) => name === 'apply_patch');
    expect(told?.description).toContain('Edits files.');
  });

  it('no request was refused', () => {
    expect(
      bench.upstreams[to].told.flatMap(({ refused }) => (refused === null ? [] : [refused.message])),
    ).toEqual([]);
  });

  it('what would need a store is refused in words', async () => {
    const client = new OpenAI({ baseURL: `${bench.gateway.url}/v1`, apiKey: 'sk-codex-0000', maxRetries: 0 });
    const continued = client.responses.create({
      model: `${to}/${MODELS[to]}`,
      input: 'go on',
      previous_response_id: 'resp_123',
    });
    await expect(continued).rejects.toThrow(/previous_response_id/);
  });
});

const isSendable = (item: Output): item is Extract<Output, Item> =>
  ['message', 'reasoning', 'function_call', 'custom_tool_call'].includes(item.type);
