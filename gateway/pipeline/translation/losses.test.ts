/**
 * What a request holds and its target cannot be sent is told. Rows are losses that are easily overlooked: something
 * small within a part, or between two dialects that both have half of it. The whole list is in `docs/protocols.md`.
 */
import type { Warn } from '../../core/canonical/request.ts';
import { describe, expect, test } from 'vitest';
import type { DialectId } from '../../../contract/config/provider.ts';
import type { JsonObject } from '../../core/json.ts';
import { dialects, shapes } from '../../dialects/index.ts';
import { providers } from '../../providers/registry.ts';
import { fit } from './fit.ts';

const MODELS: Readonly<Record<DialectId, readonly [provider: string, model: string]>> = {
  'openai-chat': ['openai', 'gpt-5'],
  'openai-responses': ['openai', 'gpt-5'],
  'anthropic-messages': ['anthropic', 'claude-sonnet-4-5'],
  gemini: ['google', 'gemini-2.5-flash'],
};

function warnings(client: DialectId, body: JsonObject, target: DialectId): readonly string[] {
  const told: string[] = [];
  const warn: Warn = ({ text }) => void told.push(text);
  const facts = { model: 'm', streamed: false, usageAsked: false };
  const request = shapes[client].decodeRequest(body, facts, warn);
  const [provider, model] = MODELS[target];
  const dialect = Object.values(dialects).find(({ id }) => id === target);
  const definition = providers[provider];
  if (dialect === undefined || definition === undefined) throw new Error('no such target');
  const options = { ids: dialect.toolIds, repair: false };
  const { request: fitted } = fit(request, dialect, { provider, model, key: 'k' }, options, warn);
  dialect.encodeRequest(fitted, { provider, name: provider, model, facts: {}, chat: definition.chat }, warn);
  return told;
}

const chat = (more: JsonObject, content: unknown = 'Hi'): JsonObject => ({
  messages: [{ role: 'user', content }],
  ...more,
});
const responses = (more: JsonObject): JsonObject => ({ input: 'Hi', ...more });
const gemini = (parts: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  contents: [{ role: 'user', parts }],
  ...more,
});
const called = { id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } };
const sound = { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } };
const image = {
  type: 'image_url',
  image_url: { url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'low' },
};
const file = { type: 'file', file: { file_data: 'data:application/pdf;base64,JVBERi0=' } };
const video = { inlineData: { mimeType: 'video/mp4', data: 'AAAA' } };
const messages = (...more: readonly JsonObject[]): JsonObject => ({
  messages: [{ role: 'user', content: 'Hi' }, ...more],
});

describe('told in one sentence', () => {
  test.each<[string, DialectId, JsonObject, DialectId, RegExp]>([
    [
      'a sound in the result of a tool',
      'openai-chat',
      messages(
        { role: 'assistant', tool_calls: [called] },
        { role: 'tool', tool_call_id: 'c1', content: [sound] },
      ),
      'anthropic-messages',
      /^Sounds in results of tools/,
    ],
    [
      'a file that the model gave',
      'openai-chat',
      messages({ role: 'assistant', content: [file] }),
      'gemini',
      /^Files in what the model said/,
    ],
    ...(['anthropic-messages', 'gemini'] as const).flatMap((target) =>
      (['openai-chat', 'openai-responses'] as const).map(
        (client): [string, DialectId, JsonObject, DialectId, RegExp] => [
          `broken arguments of an earlier call, from ${client} to ${target}`,
          client,
          client === 'openai-chat'
            ? messages(
                { role: 'assistant', tool_calls: [{ ...called, function: { name: 'f', arguments: '{"x' } }] },
                { role: 'tool', tool_call_id: 'c1', content: 'no' },
              )
            : {
                input: [
                  { role: 'user', content: 'Hi' },
                  { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{"x' },
                  { type: 'function_call_output', call_id: 'c1', output: 'no' },
                ],
              },
          target,
          /^The arguments of an earlier call of f are not a JSON object/,
        ],
      ),
    ),
    [
      'a hosted tool',
      'openai-chat',
      chat({ tools: [{ type: 'web_search' }] }),
      'gemini',
      /^The tool "web_search" is run/,
    ],
    ['whose request it is', 'openai-chat', chat({ user: 'u' }), 'gemini', /^user is not known to Gemini/],
    [
      'the name of a cache',
      'openai-responses',
      responses({ prompt_cache_key: 'k' }),
      'gemini',
      /^cache key is not known to Gemini/,
    ],
    [
      'strict arguments',
      'openai-responses',
      responses({ tools: [{ type: 'function', name: 'f', parameters: {}, strict: true }] }),
      'gemini',
      /"strict" for the arguments/,
    ],
    [
      'instructions in the middle',
      'openai-chat',
      messages({ role: 'system', content: 'Be brief.' }),
      'gemini',
      /^Instructions in the middle/,
    ],
    ['how an image is looked at', 'openai-chat', chat({}, [image]), 'gemini', /^"detail" of images/],
    [
      'how an image is looked at',
      'openai-chat',
      chat({}, [image]),
      'anthropic-messages',
      /no "detail" of images/,
    ],
    [
      'another effort',
      'anthropic-messages',
      { max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }], output_config: { effort: 'max' } },
      'openai-chat',
      /^Reasoning effort "max" is not known to gpt-5; "high" is used/,
    ],
    [
      'what else is wished of reasoning',
      'openai-responses',
      responses({ reasoning: { effort: 'low', mode: 'pro' } }),
      'anthropic-messages',
      /^reasoning\.mode has no counterpart/,
    ],
    [
      'an image in the instructions',
      'gemini',
      gemini([{ text: 'Hi' }], { systemInstruction: { parts: [{ inlineData: { data: 'AAAA' } }] } }),
      'openai-chat',
      /^Parts of systemInstruction that are not text/,
    ],
    ['a video', 'gemini', gemini([{ text: 'Hi' }, video]), 'openai-chat', /^A video was left out/],
    ['a video', 'gemini', gemini([{ text: 'Hi' }, video]), 'openai-responses', /^Video is not taken/],
  ])('%s: %s', (_, client, body, target, sentence) => {
    expect(warnings(client, body, target)).toContainEqual(expect.stringMatching(sentence));
  });

  test('a request that any target can be sent brings no remark', () => {
    const plain = chat({ max_tokens: 100 }, [{ type: 'text', text: 'Hi' }]);
    for (const target of ['openai-responses', 'anthropic-messages', 'gemini'] as const) {
      expect(warnings('openai-chat', plain, target)).toEqual([]);
    }
  });
});

test('what a group of tools is for is said of each tool in it', () => {
  const group = {
    type: 'namespace',
    name: 'mcp__files',
    description: 'Files of the user.',
    tools: [{ type: 'function', name: 'read', description: 'Reads one.' }],
  };
  const facts = { model: 'm', streamed: false, usageAsked: true };
  const { tools } = shapes['openai-responses'].decodeRequest(
    responses({ tools: [group] }),
    facts,
    () => undefined,
  );
  expect(tools).toMatchObject([
    { name: 'mcp__files__read', description: 'Reads one.\n\nFiles of the user.' },
  ]);
});
