/** `@google/genai`, generateContent. */
import {
  ApiError,
  FinishReason,
  FunctionCallingConfigMode,
  GoogleGenAI,
  type Content,
  type GenerateContentParameters,
  type GenerateContentResponse,
  type Part,
} from '@google/genai';
import { CleanEnd, converse, explainWith, type SdkClient, type Sent, type Wishes } from './client.ts';

const FINISH: Readonly<Record<string, string>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'filtered',
  PROHIBITED_CONTENT: 'filtered',
};

function toolConfigOf({ choice }: Wishes): Partial<NonNullable<GenerateContentParameters['config']>> {
  if (choice === undefined) return {};
  const { ANY, AUTO, NONE } = FunctionCallingConfigMode;
  const functionCallingConfig =
    typeof choice === 'object'
      ? { mode: ANY, allowedFunctionNames: [choice.name] }
      : { mode: choice === 'required' ? ANY : choice === 'none' ? NONE : AUTO };
  return { toolConfig: { functionCallingConfig } };
}

function paramsOf(wishes: Wishes, history: readonly Content[]): GenerateContentParameters {
  const { model, system, tools, schema, thinking, maxTokens } = wishes;
  return {
    model,
    contents: [...history],
    config: {
      ...(system === undefined ? {} : { systemInstruction: system }),
      ...(tools === undefined
        ? {}
        : {
            tools: [
              {
                functionDeclarations: tools.map(({ name, description, schema: parametersJsonSchema }) => ({
                  name,
                  description,
                  parametersJsonSchema,
                })),
              },
            ],
          }),
      ...toolConfigOf(wishes),
      ...(schema === undefined ? {} : { responseMimeType: 'application/json', responseJsonSchema: schema }),
      ...(thinking === true ? { thinkingConfig: { includeThoughts: true } } : {}),
      ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
    },
  };
}

function sentOf(chunks: readonly GenerateContentResponse[], isStream: boolean): Sent<Content> {
  const parts: Part[] = chunks.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);
  const finish = chunks.findLast((chunk) => chunk.candidates?.[0]?.finishReason !== undefined)
    ?.candidates?.[0]?.finishReason;
  const blocked = chunks.find((chunk) => chunk.promptFeedback?.blockReason !== undefined);
  if (finish === undefined && blocked === undefined) throw new CleanEnd();
  const texts = parts.filter(({ text }) => text !== undefined);
  const spoken = texts.filter(({ thought }) => thought !== true);
  const calls = parts.flatMap(({ functionCall }) => (functionCall === undefined ? [] : [functionCall]));
  const usage = chunks.findLast(({ usageMetadata }) => usageMetadata !== undefined)?.usageMetadata;
  const reasoning = usage?.thoughtsTokenCount ?? null;
  return {
    reply: {
      text: spoken.map(({ text }) => text).join(''),
      thinking: texts
        .filter(({ thought }) => thought === true)
        .map(({ text }) => text)
        .join(''),
      refusal: '',
      calls: calls.map(({ id, name, args }) => ({ id: id ?? '', name: name ?? '', input: args ?? {} })),
      finish:
        calls.length > 0 && finish === FinishReason.STOP
          ? 'calls'
          : (FINISH[finish ?? 'SAFETY'] ?? String(finish)),
      usage: {
        // What tools brought in is counted apart.
        input:
          usage?.promptTokenCount === undefined
            ? null
            : usage.promptTokenCount + (usage.toolUsePromptTokenCount ?? 0),
        cached: usage?.cachedContentTokenCount ?? null,
        output: usage === undefined ? null : (usage.candidatesTokenCount ?? 0) + (reasoning ?? 0),
        reasoning,
      },
      textPieces: isStream ? spoken.filter(({ text }) => text !== '').length : 0,
      // Arguments come whole in this dialect.
      inputPieces: 0,
    },
    back: parts.length === 0 ? [] : [{ role: 'model', parts }],
  };
}

export const googleGenaiClient: SdkClient = {
  id: 'google genai',
  dialect: 'gemini',
  begin({ root, key }, wishes) {
    const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: root } });
    const send = async (history: readonly Content[]): Promise<Sent<Content>> => {
      const params = paramsOf(wishes, history);
      if (!wishes.streamed) return sentOf([await client.models.generateContent(params)], false);
      const chunks: GenerateContentResponse[] = [];
      for await (const chunk of await client.models.generateContentStream(params)) chunks.push(chunk);
      return sentOf(chunks, true);
    };
    return converse<Content>(
      send,
      ({ text, image }) => ({
        role: 'user',
        parts: [
          { text },
          ...(image === undefined ? [] : [{ inlineData: { mimeType: image.mediaType, data: image.base64 } }]),
        ],
      }),
      (results) => [
        {
          role: 'user',
          parts: results.map(({ id, name, text }) => ({
            functionResponse: { ...(id === '' ? {} : { id }), name, response: { output: text } },
          })),
        },
      ],
    );
  },
  explain: explainWith((error) =>
    error instanceof ApiError ? { status: error.status, retryAfter: null } : null,
  ),
};
