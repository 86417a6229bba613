/** A request of the log, in each format, as the beginning of a conversation. */
import { describe, expect, it } from 'vitest';
import { readLoggedRequest, type Filling } from './from-request.ts';

const read = (dialect: string, body: unknown): Filling | null =>
  readLoggedRequest(JSON.stringify(body), dialect);

/** The same chat in every format. */
const CHAT: Filling = {
  model: 'x/y',
  system: 'Be brief.',
  history: [
    { role: 'user', text: 'a\n\nb' },
    { role: 'assistant', text: 'c' },
  ],
  draft: 'd',
  parameters: { temperature: 1, topP: 0.5, maxTokens: 9, stop: ['END'] },
  leftOut: false,
};
const texts = (type: string, ...said: readonly string[]) => said.map((text) => ({ type, text }));

describe('a logged request gives system, history, draft and parameters', () => {
  it('in the format of OpenAI chat', () => {
    const messages = [
      { role: 'developer', content: 'Be brief.' },
      { role: 'user', content: texts('text', 'a', 'b') },
      { role: 'assistant', content: 'c' },
      { role: 'user', content: 'd' },
    ];
    const body = { model: 'x/y', temperature: 1, top_p: 0.5, max_tokens: 9, stop: 'END', messages };
    expect(read('openai-chat', body)).toEqual(CHAT);
  });

  it('in the format of OpenAI Responses', () => {
    const body = {
      model: 'x/y',
      temperature: 1,
      top_p: 0.5,
      max_output_tokens: 9,
      reasoning: { effort: 'low', summary: 'auto' },
      instructions: 'Be brief.',
      input: [
        { type: 'message', role: 'user', content: texts('input_text', 'a', 'b') },
        { role: 'assistant', content: texts('output_text', 'c') },
        { role: 'user', content: 'd' },
      ],
    };
    const parameters = { temperature: 1, topP: 0.5, maxTokens: 9, reasoningEffort: 'low' };
    expect(read('openai-responses', body)).toEqual({ ...CHAT, parameters });
    expect(read('openai-responses', { model: 'x/y', input: 'hi' })?.draft).toBe('hi');
  });

  it('in the format of Anthropic', () => {
    const body = {
      model: 'x/y',
      temperature: 1,
      top_p: 0.5,
      max_tokens: 9,
      stop_sequences: ['END'],
      output_config: { effort: 'high' },
      system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
      messages: [
        { role: 'user', content: texts('text', 'a', 'b') },
        { role: 'assistant', content: 'c' },
        { role: 'user', content: 'd' },
      ],
    };
    const parameters = { ...CHAT.parameters, reasoningEffort: 'high' };
    expect(read('anthropic-messages', body)).toEqual({ ...CHAT, parameters });
    expect(read('anthropic-messages', { ...body, system: 'Be brief.' })?.system).toBe('Be brief.');
  });

  it.each([
    ['systemInstruction', 'generationConfig', 'topP', 'maxOutputTokens', 'stopSequences'],
    ['system_instruction', 'generation_config', 'top_p', 'max_output_tokens', 'stop_sequences'],
  ])('in the format of Gemini, with %s', (system, config, topP, maximum, stop) => {
    const body = {
      [system]: { parts: [{ text: 'Be brief.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'a' }, { text: 'b' }] },
        { role: 'model', parts: [{ text: 'c' }] },
        { parts: [{ text: 'd' }] },
      ],
      [config]: { temperature: 1, [topP]: 0.5, [maximum]: 9, [stop]: ['END'] },
    };
    // The model stands in the address.
    expect(read('gemini', body)).toEqual({ ...CHAT, model: '' });
  });

  it('in the formats of Ollama', () => {
    const options = { temperature: 1, top_p: 0.5, num_predict: 9, stop: ['END'] };
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'a\n\nb' },
      { role: 'assistant', content: 'c' },
      { role: 'user', content: 'd' },
    ];
    expect(read('ollama-chat', { model: 'x/y', messages, options })).toEqual(CHAT);
    const generate = { model: 'x/y', system: 'Be brief.', prompt: 'd', options };
    expect(read('ollama-generate', generate)).toEqual({ ...CHAT, history: [] });
  });

  it('in the format of old completions', () => {
    expect(read('openai-completions', { model: 'x/y', prompt: ['a', 'b'], max_tokens: 9 })).toEqual({
      ...CHAT,
      system: '',
      history: [],
      draft: 'a\n\nb',
      parameters: { maxTokens: 9 },
    });
  });
});

describe('a logged request says what has no place here', () => {
  it.each([
    ['openai-chat', { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: {} }] }] }],
    ['openai-chat', { messages: [{ role: 'tool', content: 'x' }] }],
    ['openai-chat', { messages: [{ role: 'assistant', content: null, tool_calls: [{}] }] }],
    ['openai-chat', { messages: [], tools: [{}] }],
    ['openai-responses', { input: [{ type: 'function_call_output', call_id: 'c', output: 'x' }] }],
    ['openai-responses', { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'x' }] }] }],
    ['anthropic-messages', { messages: [{ role: 'user', content: [{ type: 'image', source: {} }] }] }],
    ['gemini', { contents: [{ role: 'user', parts: [{ inlineData: {} }] }] }],
    ['gemini', { contents: [{ role: 'model', parts: [{ text: 'hm', thought: true }] }] }],
    ['gemini', { contents: [], tools: [{ functionDeclarations: [] }] }],
    ['ollama-chat', { messages: [{ role: 'user', content: 'x', images: ['aGk='] }] }],
    ['ollama-generate', { prompt: 'x', images: ['aGk='] }],
    ['openai-completions', { prompt: 'x', suffix: 'y' }],
  ])('%s %j', (dialect, body) => {
    expect(read(dialect, body)?.leftOut).toBe(true);
  });

  it('and makes no empty messages of what is left of it', () => {
    const messages = [
      { role: 'user', content: 'Look it up.' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'look', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'found' }] },
    ];
    expect(read('anthropic-messages', { messages })).toMatchObject({ history: [], draft: 'Look it up.' });
  });
});

it.each([
  ['openai-chat', ''],
  ['openai-chat', '{'],
  ['openai-chat', '[]'],
  ['openai-chat', '{"input":"x"}'],
  ['openai-chat', '{"messages":"x"}'],
  ['openai-responses', '{"model":"x"}'],
  ['gemini', '{"content":{"parts":[{"text":"to be embedded"}]}}'],
])('what is no chat is none: %s %s', (dialect, body) => {
  expect(readLoggedRequest(body, dialect)).toBeNull();
});
