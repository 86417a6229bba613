/**
 * A session as Claude Code holds one: long instructions in blocks with cache marks, its own line of billing first, beta
 * headers and `?beta=true`, thinking, parallel tools, results that failed, several turns; against upstreams that are not
 * Anthropic. The stand-ins judge every request and every proof that comes back.
 */
import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DialectId } from '../../contract/config/provider.ts';
import { MODELS } from '../testing/dialect-upstreams/start.ts';
import { startBench, stopBench, type Bench } from '../testing/sdk-cells/bench.ts';

const BILLING = 'x-anthropic-billing-header: cc_version=2.1.300.abc; cc_entrypoint=cli; cch=1a2b3;';
const INSTRUCTIONS = `You are Claude Code. ${'Be careful with files. '.repeat(400)}`;
const TO: readonly DialectId[] = ['openai-chat', 'openai-responses', 'gemini'];

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => stopBench(bench));

const tool = (name: string, properties: Record<string, object>): Anthropic.Tool => ({
  name,
  description: `The tool ${name}`,
  input_schema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties,
    required: [],
    additionalProperties: false,
  },
});
const TOOLS: Anthropic.Tool[] = [
  tool('get_weather', { city: { type: 'string', minLength: 1 } }),
  {
    ...tool('get_time', { zone: { type: 'string', enum: ['UTC', 'Europe/Paris'] } }),
    cache_control: { type: 'ephemeral' },
  },
];

/** The newest user message is marked, as Claude Code does. */
const said = (text: string): Anthropic.MessageParam => ({
  role: 'user',
  content: [
    { type: 'text', text: '<system-reminder>\nToday is Thursday.\n</system-reminder>' },
    { type: 'text', text, cache_control: { type: 'ephemeral' } },
  ],
});

describe.each(TO)('to %s', (to) => {
  const client = (): Anthropic =>
    new Anthropic({
      baseURL: bench.gateway.url,
      apiKey: null,
      authToken: 'sk-claude-code-0000000000000000',
      maxRetries: 0,
      defaultQuery: { beta: 'true' },
      defaultHeaders: {
        'anthropic-version': '2023-06-01',
        'anthropic-beta':
          'claude-code-20250219,interleaved-thinking-2025-05-14,fine-grained-tool-streaming-2025-05-14',
        'user-agent': 'claude-cli/2.1.300 (external, cli)',
        'x-app': 'cli',
        'x-claude-code-session-id': '7b0e2f7c-0000-4000-8000-000000000000',
      },
    });

  async function step(history: Anthropic.MessageParam[]): Promise<Anthropic.Message> {
    const answer = await client()
      .messages.stream({
        model: `${to}/${MODELS[to]}`,
        max_tokens: 32_000,
        system: [
          { type: 'text', text: BILLING },
          { type: 'text', text: INSTRUCTIONS, cache_control: { type: 'ephemeral', ttl: '1h' } },
        ],
        messages: history,
        tools: TOOLS,
        thinking: { type: 'adaptive', display: 'summarized' },
        output_config: { effort: 'medium' },
        metadata: { user_id: 'user_0123_account__session_7b0e2f7c' },
      })
      .finalMessage();
    history.push({ role: 'assistant', content: answer.content.filter(isSendable) });
    return answer;
  }

  const textOf = ({ content }: Anthropic.Message): string =>
    content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  const callsOf = ({ content }: Anthropic.Message): readonly Anthropic.ToolUseBlock[] =>
    content.filter((block) => block.type === 'tool_use');

  function answered(answer: Anthropic.Message, failed = false): Anthropic.MessageParam {
    return {
      role: 'user',
      content: callsOf(answer).map(({ id, name }) => ({
        type: 'tool_result',
        tool_use_id: id,
        content: [{ type: 'text', text: `${name} says fine` }],
        ...(failed ? { is_error: true } : {}),
      })),
    };
  }

  it('thinks, calls in parallel, goes on for turns, and every proof comes home', async () => {
    const history = [said(`SCENARIO thinking-parallel:cc-${to}`)];
    const first = await step(history);
    expect(first.stop_reason).toBe('tool_use');
    expect(callsOf(first)).toHaveLength(2);
    history.push(answered(first));
    const second = await step(history);
    expect(textOf(second)).toBe('results: get_weather says fine | get_time says fine, thoughts returned: 1');

    history.push(said(`SCENARIO thinking-tool:two-cc-${to}`));
    const third = await step(history);
    history.push(answered(third));
    const fourth = await step(history);
    expect(callsOf(fourth).map(({ name }) => name)).toEqual(['get_time']);
    history.push(answered(fourth));
    expect(textOf(await step(history))).toBe(
      'results: get_weather says fine | get_time says fine, thoughts returned: 3',
    );

    history.push(said(`SCENARIO thinking-again:cc-${to}`));
    expect(textOf(await step(history))).toBe('thoughts returned: 3');

    const seen = bench.upstreams[to].lastOf(`cc-${to}`)?.seen;
    expect(seen?.system).toBe(INSTRUCTIONS);
    expect(bench.upstreams[to].told.filter(({ refused }) => refused !== null)).toEqual([]);
  });

  it('a result that failed is told as one', async () => {
    const history = [said(`SCENARIO tool:failed-${to}`)];
    const first = await step(history);
    history.push(answered(first, true));
    await step(history);
    const [result] = bench.upstreams[to].lastOf(`failed-${to}`)?.seen?.results ?? [];
    // OpenAI has no mark for it: the words must say so.
    expect(result?.failed === true || /error|failed/i.test(result?.text ?? '')).toBe(true);
    expect(result?.text).toContain('get_weather says fine');
  });

  it('counts tokens, by itself where the upstream cannot', async () => {
    const counted = await client().messages.countTokens({
      model: `${to}/${MODELS[to]}`,
      messages: [said('How long is this?')],
      tools: TOOLS,
    });
    expect(counted.input_tokens).toBeGreaterThan(5);
  });
});

const isSendable = (
  block: Anthropic.ContentBlock,
): block is
  Anthropic.TextBlock | Anthropic.ThinkingBlock | Anthropic.RedactedThinkingBlock | Anthropic.ToolUseBlock =>
  ['text', 'thinking', 'redacted_thinking', 'tool_use'].includes(block.type);
