/** How a program asks this gateway for a model, in each format it takes. Pure. */
import { sdkSnippet } from '../../shared/utils/sdk-snippets.ts';

/** Formats a program can speak, whatever the provider speaks. */
export const SAMPLE_FORMATS = ['openai', 'anthropic', 'gemini'] as const;
export type SampleFormat = (typeof SAMPLE_FORMATS)[number];

export const SAMPLE_LANGUAGES = ['curl', 'python', 'typescript'] as const;
export type SampleLanguage = (typeof SAMPLE_LANGUAGES)[number];

/** The format that reaches the provider byte for byte. @param dialect of its first endpoint */
export function formatOf(dialect: string | undefined): SampleFormat {
  if (dialect === 'anthropic-messages') return 'anthropic';
  return dialect === 'gemini' ? 'gemini' : 'openai';
}

/** What tools get that insist on some key. */
const KEY = 'local';

/**
 * @param address of the gateway, without `/v1`
 * @param model as a client asks for it
 */
export function codeSample(
  format: SampleFormat,
  language: SampleLanguage,
  address: string,
  model: string,
): string {
  if (language === 'curl') return CURL[format](address, model);
  const sdk = format === 'gemini' ? 'genai' : format;
  return sdkSnippet(`${sdk}-${language}`, { address, model, key: KEY });
}

const MESSAGES = [{ role: 'user', content: 'Hello' }];

const CURL: Readonly<Record<SampleFormat, (address: string, model: string) => string>> = {
  openai: (address, model) =>
    post(`${address}/v1/chat/completions`, [`Authorization: Bearer ${KEY}`], { model, messages: MESSAGES }),
  anthropic: (address, model) =>
    post(`${address}/v1/messages`, [`x-api-key: ${KEY}`, 'anthropic-version: 2023-06-01'], {
      model,
      max_tokens: 1024,
      messages: MESSAGES,
    }),
  gemini: (address, model) =>
    post(
      `${address}/v1beta/models/${encodeURIComponent(model)}:generateContent`,
      [`x-goog-api-key: ${KEY}`],
      { contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] },
    ),
};

/** Ids come from providers: nothing in one may mean anything to a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function post(url: string, headers: readonly string[], body: object): string {
  return [
    `curl ${quoted(url)} \\`,
    ...['Content-Type: application/json', ...headers].map((header) => `  -H ${quoted(header)} \\`),
    `  -d ${quoted(JSON.stringify(body))}`,
  ].join('\n');
}

export interface CodePart {
  readonly kind: 'plain' | 'word' | 'string';
  readonly text: string;
}

const PARTS = /('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|\b(import|from|const|new|await)\b/g;

/** The sample cut where its colours change. */
export function codeParts(code: string): readonly CodePart[] {
  const parts: CodePart[] = [];
  let end = 0;
  for (const match of code.matchAll(PARTS)) {
    if (match.index > end) parts.push({ kind: 'plain', text: code.slice(end, match.index) });
    parts.push({ kind: match[1] === undefined ? 'word' : 'string', text: match[0] });
    end = match.index + match[0].length;
  }
  return end < code.length ? [...parts, { kind: 'plain', text: code.slice(end) }] : parts;
}
