/**
 * Requests of every format a client may speak, in the words of OpenAI's chat format. Only what a conversation here
 * can hold is carried over; anything else is left behind as a part or message that has no text. Pure.
 */

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const objectOf = (value: unknown): Json => (isObject(value) ? value : {});

/** Stands for what has no place here: a picture, a call of a tool, a thought. */
const ELSE: Json = { type: 'else' };
const ELSE_MESSAGE: Json = { role: 'else' };

/** How each format is read; by the name the log gives it. */
const FORMATS: ReadonlyMap<string, (request: Json) => Json | null> = new Map([
  ['openai-chat', chat],
  ['openai-responses', responses],
  ['openai-completions', completions],
  ['anthropic-messages', anthropic],
  ['gemini', gemini],
  ['ollama-chat', ollamaChat],
  ['ollama-generate', ollamaGenerate],
]);

/** @returns null for what is no chat, as a request for embeddings */
export const asChat = (request: Json, dialect: string): Json | null =>
  (FORMATS.get(dialect) ?? chat)(request);

function chat(request: Json): Json | null {
  return Array.isArray(request['messages']) ? request : null;
}

function completions({ prompt, suffix, ...others }: Json): Json | null {
  const texts = (Array.isArray(prompt) ? prompt : [prompt]).filter((text) => typeof text === 'string');
  if (texts.length === 0) return null;
  return { ...others, messages: [{ role: 'user', content: withElse(texts.map(textPart), suffix) }] };
}

function responses(request: Json): Json | null {
  const { input, instructions, reasoning, max_output_tokens: most } = request;
  if (typeof input !== 'string' && !Array.isArray(input)) return null;
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : input.filter(isObject);
  const messages = items.map((item) =>
    item['type'] === undefined || item['type'] === 'message' ? item : ELSE_MESSAGE,
  );
  return {
    ...request,
    messages: [...system(instructions), ...messages],
    max_tokens: most,
    reasoning_effort: objectOf(reasoning)['effort'],
  };
}

function anthropic(request: Json): Json | null {
  if (!Array.isArray(request['messages'])) return null;
  return {
    ...request,
    messages: [...system(request['system']), ...listOf(request['messages'])],
    stop: request['stop_sequences'],
    reasoning_effort: objectOf(request['output_config'])['effort'],
  };
}

/** Members may be written in two ways, as everywhere in Gemini's API. */
function gemini(request: Json): Json | null {
  const { contents, tools } = request;
  if (!Array.isArray(contents)) return null;
  const instruction = objectOf(request['systemInstruction'] ?? request['system_instruction']);
  const config = objectOf(request['generationConfig'] ?? request['generation_config']);
  return {
    tools,
    messages: [
      ...system(geminiParts(instruction)),
      ...contents.filter(isObject).map((content) => ({
        role: content['role'] === 'model' ? 'assistant' : 'user',
        content: geminiParts(content),
      })),
    ],
    temperature: config['temperature'],
    top_p: config['topP'] ?? config['top_p'],
    max_tokens: config['maxOutputTokens'] ?? config['max_output_tokens'],
    stop: config['stopSequences'] ?? config['stop_sequences'],
    seed: config['seed'],
    frequency_penalty: config['frequencyPenalty'] ?? config['frequency_penalty'],
    presence_penalty: config['presencePenalty'] ?? config['presence_penalty'],
  };
}

const geminiParts = (content: Json): readonly Json[] =>
  listOf(content['parts'])
    .filter(isObject)
    .map((part) => (part['thought'] === true ? ELSE : part));

function ollamaChat(request: Json): Json | null {
  const { messages } = request;
  if (!Array.isArray(messages)) return null;
  const read = messages.filter(isObject).map((message) => ({
    ...message,
    content: withElse([textPart(message['content'])], message['images']),
  }));
  return { ...request, ...ollamaOptions(request), messages: read };
}

function ollamaGenerate(request: Json): Json | null {
  const { prompt, images, suffix, system: instruction } = request;
  if (typeof prompt !== 'string') return null;
  const content = withElse([textPart(prompt)], images ?? suffix);
  return {
    ...request,
    ...ollamaOptions(request),
    messages: [...system(instruction), { role: 'user', content }],
  };
}

function ollamaOptions({ options }: Json): Json {
  const { num_predict: most, ...others } = objectOf(options);
  return { ...others, max_tokens: most };
}

const textPart = (text: unknown): Json => ({ type: 'text', text });

const withElse = (parts: readonly Json[], more: unknown): readonly Json[] =>
  more === undefined || more === null ? parts : [...parts, ELSE];

const system = (content: unknown): readonly Json[] =>
  content === undefined || content === null ? [] : [{ role: 'system', content }];
