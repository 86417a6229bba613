/** Reads a request of this format for comparison; see view.ts. */
import type { JsonObject } from '../../core/json.ts';
import {
  joined,
  listIn,
  numberIn,
  objectIn,
  plainSchema,
  resultText,
  stringsIn,
  textIn,
  type RequestView,
  type Said,
  type ViewPart,
} from './view.ts';

const CHOICES: Readonly<Record<string, string>> = { AUTO: 'auto', ANY: 'required', NONE: 'none' };

export function viewGemini(body: JsonObject): RequestView {
  const config = objectIn(body, 'generationConfig');
  const calling = objectIn(objectIn(body, 'toolConfig'), 'functionCallingConfig');
  const [only] = stringsIn(calling, 'allowedFunctionNames');
  const thinking = objectIn(config, 'thinkingConfig');
  const budget = numberIn(thinking, 'thinkingBudget');
  return {
    system: listIn(objectIn(body, 'systemInstruction'), 'parts')
      .map((part) => textIn(part, 'text'))
      .join('\n'),
    turns: joined(listIn(body, 'contents').map(saidIn)),
    tools: listIn(body, 'tools')
      .flatMap((tool) => listIn(tool, 'functionDeclarations'))
      .map((tool) => ({
        name: textIn(tool, 'name'),
        description: textIn(tool, 'description'),
        schema: plainSchema(tool['parameters'] ?? tool['parametersJsonSchema']),
      })),
    choice: only ?? CHOICES[textIn(calling, 'mode')] ?? null,
    answerSchema: plainSchema(config['responseSchema'] ?? config['responseJsonSchema']),
    maxTokens: numberIn(config, 'maxOutputTokens'),
    stop: stringsIn(config, 'stopSequences'),
    reasoning:
      textIn(thinking, 'thinkingLevel').toLowerCase() ||
      (budget === null ? (Object.keys(thinking).length > 0 ? 'asked' : null) : `${budget}`),
  };
}

function saidIn(content: JsonObject): Said {
  const role = content['role'] === 'model' ? 'assistant' : 'user';
  const parts = listIn(content, 'parts').flatMap((part): readonly ViewPart[] => {
    if (part['thought'] === true) return [];
    const inline = objectIn(part, 'inlineData');
    const file = objectIn(part, 'fileData');
    const call = objectIn(part, 'functionCall');
    const result = objectIn(part, 'functionResponse');
    if (textIn(inline, 'data') !== '') {
      return [{ media: `data:${textIn(inline, 'mimeType')};base64,${textIn(inline, 'data')}` }];
    }
    if (textIn(file, 'fileUri') !== '') return [{ media: textIn(file, 'fileUri') }];
    if (textIn(call, 'name') !== '') return [{ call: textIn(call, 'name'), input: call['args'] ?? {} }];
    if (textIn(result, 'name') !== '') {
      const { response } = result;
      const { output, result: given } = objectIn(result, 'response');
      return [{ result: resultText(output ?? given ?? response) }];
    }
    return [{ text: textIn(part, 'text') }];
  });
  return { role, parts };
}
