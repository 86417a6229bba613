/** Reads a generateContent request as strictly as Gemini's API does for Gemini 3. */
import type { JsonObject } from '../../../core/json.ts';
import type { Memory } from '../memory.ts';
import { describeMedia, listIn, numberIn, objectIn, objectsIn, textIn } from '../read-members.ts';
import { scenarioOf, type Seen, type SeenCall, type SeenResult } from '../scene.ts';
import type { SpokenRequest } from '../speaker.ts';
import { checkContents } from './contents.ts';
import { badRequest, refuseUnknown } from './refuse.ts';
import { checkSchema } from './schema.ts';
import { readChoice, readTools } from './tools.ts';

const KNOWN = [
  'contents',
  'systemInstruction',
  'tools',
  'toolConfig',
  'safetySettings',
  'cachedContent',
  'generationConfig',
  'serviceTier',
  'model',
  'store',
];
const CONFIG = [
  'temperature',
  'topP',
  'topK',
  'candidateCount',
  'maxOutputTokens',
  'stopSequences',
  'presencePenalty',
  'frequencyPenalty',
  'seed',
  'responseMimeType',
  'responseSchema',
  'responseJsonSchema',
  'responseModalities',
  'thinkingConfig',
  'mediaResolution',
  'speechConfig',
  'responseLogprobs',
  'logprobs',
];

export function modelOf(path: string): { readonly model: string; readonly method: string } {
  const found = /^\/v1(?:beta)?\/models\/(.+):(\w+)$/.exec(path);
  return { model: found?.[1] ?? '', method: found?.[2] ?? '' };
}

export function readContent({ path, body }: SpokenRequest, memory: Memory): Seen {
  refuseUnknown(body, KNOWN, '');
  const { model, method } = modelOf(path);
  const contents = objectsIn(body, 'contents');
  if (contents.length === 0 || contents.length !== listIn(body, 'contents').length) {
    badRequest('* GenerateContentRequest.contents: contents is not specified\n');
  }
  checkContents(contents, memory);
  const config = objectIn(body, 'generationConfig') ?? {};
  refuseUnknown(config, CONFIG, 'generation_config');
  const instruction = objectIn(body, 'systemInstruction');
  if (instruction !== null) refuseUnknown(instruction, ['role', 'parts'], 'system_instruction');
  const tools = readTools(body);
  const since = contents.findLastIndex((content) => content['role'] !== 'model' && textOf(content) !== '');
  const lastTurn = contents.findLastIndex(({ role }) => role === 'model');
  const spoken = contents.slice(lastTurn + 1);
  const after = contents.slice(since + 1).flatMap((content) => objectsIn(content, 'parts'));
  return {
    ...scenarioOf(textOf(contents[since] ?? {})),
    model,
    streamed: method === 'streamGenerateContent',
    system: textOf(instruction ?? {}),
    text: spoken.map((content) => textOf(content)).join('\n'),
    media: spoken.flatMap(mediaOf),
    tools,
    choice: readChoice(body, tools),
    parallel: null,
    schema: readFormat(config),
    maxTokens: numberIn(config, 'maxOutputTokens'),
    thinking: readThinking(config),
    effort: textIn(objectIn(config, 'thinkingConfig') ?? {}, 'thinkingLevel')?.toLowerCase() ?? null,
    shown: objectIn(config, 'thinkingConfig')?.['includeThoughts'] === true,
    calls: after.flatMap(callOf),
    results: after.flatMap(resultOf),
    thoughts: contents
      .flatMap((content) => objectsIn(content, 'parts'))
      .filter((part) => memory.signed(textIn(part, 'thoughtSignature') ?? '') !== undefined).length,
  };
}

function readThinking(config: JsonObject): boolean {
  const thinking = objectIn(config, 'thinkingConfig');
  if (thinking === null) return true;
  refuseUnknown(
    thinking,
    ['includeThoughts', 'thinkingBudget', 'thinkingLevel'],
    'generation_config.thinking_config',
  );
  if (thinking['thinkingBudget'] !== undefined && thinking['thinkingLevel'] !== undefined) {
    badRequest('You can only set only one of thinking budget and thinking level.');
  }
  const level = textIn(thinking, 'thinkingLevel');
  if (level !== null && !/^(minimal|low|medium|high)$/i.test(level)) {
    badRequest(`Invalid value at 'generation_config.thinking_config.thinking_level' (TYPE_ENUM), "${level}"`);
  }
  return thinking['thinkingBudget'] !== 0;
}

function readFormat(config: JsonObject): JsonObject | null {
  if (textIn(config, 'responseMimeType') !== 'application/json') {
    if (config['responseSchema'] !== undefined || config['responseJsonSchema'] !== undefined) {
      badRequest("Function calling or schema with a response mime type: 'text/plain' is unsupported");
    }
    return null;
  }
  const own = objectIn(config, 'responseSchema');
  if (own !== null) checkSchema(own, 'generation_config.response_schema');
  return own ?? objectIn(config, 'responseJsonSchema') ?? {};
}

const textOf = (content: JsonObject): string =>
  objectsIn(content, 'parts')
    .filter(({ thought }) => thought !== true)
    .map((part) => textIn(part, 'text') ?? '')
    .join('');

function mediaOf(content: JsonObject): readonly string[] {
  return objectsIn(content, 'parts').flatMap((part): readonly string[] => {
    const inline = objectIn(part, 'inlineData');
    if (inline !== null)
      return [describeMedia(textIn(inline, 'mimeType') ?? '', textIn(inline, 'data') ?? '')];
    const file = objectIn(part, 'fileData');
    return file === null ? [] : [textIn(file, 'fileUri') ?? ''];
  });
}

function callOf(part: JsonObject): readonly SeenCall[] {
  const call = objectIn(part, 'functionCall');
  if (call === null) return [];
  return [{ id: null, name: textIn(call, 'name') ?? '', input: call['args'] ?? {}, custom: false }];
}

function resultOf(part: JsonObject): readonly SeenResult[] {
  const result = objectIn(part, 'functionResponse');
  if (result === null) return [];
  const response = objectIn(result, 'response') ?? {};
  const { output } = response;
  const images = objectsIn(result, 'parts').flatMap((inner) => mediaOf({ parts: [inner] }));
  return [
    {
      id: null,
      name: textIn(result, 'name'),
      text: typeof output === 'string' ? output : JSON.stringify(response),
      images,
      failed: response['error'] !== undefined,
    },
  ];
}
