/** Code that Google ran for the model, and what it printed, as the text it is to everybody else. */
import { isObject, type JsonObject } from '../../core/json.ts';
import { member, textIn } from './fields.ts';

/** Fenced as in Markdown; empty where the part is neither. */
export function codeText(part: JsonObject): string {
  const code = member(part, 'executableCode');
  if (isObject(code)) {
    const language = textIn(code, 'language').toLowerCase();
    return fenced(language === 'language_unspecified' ? '' : language, textIn(code, 'code'));
  }
  const result = member(part, 'codeExecutionResult');
  return isObject(result) ? fenced('', textIn(result, 'output')) : '';
}

const fenced = (language: string, text: string): string =>
  text === '' ? '' : `\n\`\`\`${language}\n${text.replace(/\n$/, '')}\n\`\`\`\n`;
