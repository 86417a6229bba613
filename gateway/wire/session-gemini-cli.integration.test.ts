/**
 * A session as Gemini CLI holds one: a system instruction, thinking in view, function responses with ids and names,
 * parts sent back one by one as they came in the stream, token counts, a side question to a smaller model; against
 * upstreams that are not Gemini.
 */
import {
  GoogleGenAI,
  ThinkingLevel,
  type Content,
  type FunctionDeclaration,
  type GenerateContentConfig,
  type Part,
} from '@google/genai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DialectId } from '../../contract/config/provider.ts';
import { MODELS } from '../testing/dialect-upstreams/start.ts';
import { startBench, stopBench, type Bench } from '../testing/sdk-cells/bench.ts';

const TO: readonly DialectId[] = ['openai-chat', 'openai-responses', 'anthropic-messages'];
const INSTRUCTIONS = `You are an interactive CLI agent. ${'Follow conventions. '.repeat(300)}`;

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => stopBench(bench));

const DECLARATIONS: FunctionDeclaration[] = [
  {
    name: 'get_weather',
    description: 'The weather of a city',
    parametersJsonSchema: {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
    },
  },
  {
    name: 'get_time',
    description: 'What time it is',
    parametersJsonSchema: {
      type: 'object',
      properties: { zone: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
    },
  },
  // As an MCP server's tool is called there: dots and colons, longer than OpenAI takes.
  {
    name: 'mcp.a-server-with-a-rather-long-name:and.a-tool-with-a-long-name-too:lookup',
    description: 'Looks a word up',
    parametersJsonSchema: { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] },
  },
];

const CONFIG: GenerateContentConfig = {
  systemInstruction: INSTRUCTIONS,
  temperature: 1,
  topP: 0.95,
  topK: 64,
  thinkingConfig: { includeThoughts: true, thinkingLevel: ThinkingLevel.HIGH },
  tools: [{ functionDeclarations: DECLARATIONS }],
};

const said = (text: string): Content => ({
  role: 'user',
  parts: [{ text: '<context>\n</context>' }, { text }],
});

describe.each(TO)('to %s', (to) => {
  const client = (): GoogleGenAI =>
    new GoogleGenAI({
      apiKey: 'gemini-cli-key-000000000000',
      apiVersion: 'v1beta',
      httpOptions: { baseUrl: bench.gateway.url, headers: { 'user-agent': 'GeminiCLI/0.40.0 (linux; x64)' } },
    });

  async function step(history: Content[]): Promise<readonly Part[]> {
    const stream = await client().models.generateContentStream({
      model: `${to}/${MODELS[to]}`,
      contents: history,
      config: CONFIG,
    });
    const parts: Part[] = [];
    let finished = false;
    for await (const chunk of stream) {
      const candidate = chunk.candidates?.[0];
      parts.push(...(candidate?.content?.parts ?? []));
      finished ||= candidate?.finishReason !== undefined;
    }
    expect(finished).toBe(true);
    // Thoughts are shown, not sent back; what is signed is.
    history.push({
      role: 'model',
      parts: parts.filter(
        ({ thought, thoughtSignature }) => thought !== true || thoughtSignature !== undefined,
      ),
    });
    return parts;
  }

  const textOf = (parts: readonly Part[]): string =>
    parts.map(({ text, thought }) => (thought === true ? '' : (text ?? ''))).join('');
  const answersTo = (parts: readonly Part[]): Content => ({
    role: 'user',
    parts: parts.flatMap(({ functionCall }) =>
      functionCall === undefined
        ? []
        : [
            {
              functionResponse: {
                ...(functionCall.id === undefined ? {} : { id: functionCall.id }),
                name: functionCall.name ?? '',
                response: { output: 'says fine' },
              },
            },
          ],
    ),
  });

  it('thinks, calls step by step and in parallel, and every proof comes home', async () => {
    const history = [said(`SCENARIO thinking-tool:two-cli-${to}`)];
    const first = await step(history);
    expect(first.some(({ thought, text }) => thought === true && (text ?? '') !== '')).toBe(true);
    history.push(answersTo(first));
    const second = await step(history);
    history.push(answersTo(second));
    expect(textOf(await step(history))).toBe('results: says fine | says fine, thoughts returned: 2');

    history.push(said(`SCENARIO thinking-parallel:cli-${to}`));
    const fourth = await step(history);
    expect(fourth.filter(({ functionCall }) => functionCall !== undefined)).toHaveLength(2);
    history.push(answersTo(fourth));
    expect(textOf(await step(history))).toBe('results: says fine | says fine, thoughts returned: 3');

    const seen = bench.upstreams[to].lastOf(`cli-${to}`)?.seen;
    expect(seen?.system).toBe(INSTRUCTIONS);
    expect(seen?.tools).toHaveLength(3);
  });

  it('knows a tool by the name the client gave it, whatever the upstream takes', async () => {
    const history = [said(`SCENARIO namespaced:odd-${to}`)];
    const first = await step(history);
    expect(first.find(({ functionCall }) => functionCall !== undefined)?.functionCall).toMatchObject({
      name: DECLARATIONS[2]?.name,
      args: { word: 'gateway' },
    });
    history.push(answersTo(first));
    expect(textOf(await step(history))).toBe('results: says fine');
  });

  it('asks on the side for JSON', async () => {
    const answer = await client().models.generateContent({
      model: `${to}/${MODELS[to]}`,
      contents: [said(`SCENARIO schema:side-${to}`)],
      config: {
        responseMimeType: 'application/json',
        responseJsonSchema: {
          type: 'object',
          properties: { city: { type: 'string' }, degrees: { type: 'integer' } },
          required: ['city'],
        },
        thinkingConfig: { thinkingBudget: 0 },
      },
    });
    expect(JSON.parse(answer.text ?? '')).toEqual({ city: 'Paris', degrees: 7 });
  });

  it('counts tokens, by itself where the upstream cannot', async () => {
    const counted = await client().models.countTokens({
      model: `${to}/${MODELS[to]}`,
      contents: [said('How long is this?')],
    });
    expect(counted.totalTokens).toBeGreaterThan(5);
  });

  it('no request was refused', () => {
    expect(
      bench.upstreams[to].told.flatMap(({ refused }) => (refused === null ? [] : [refused.message])),
    ).toEqual([]);
  });
});
