/** How a program asks this gateway for a model. */

export const SAMPLES = ['curl', 'python', 'typescript'] as const;
export type SampleName = (typeof SAMPLES)[number];

/**
 * @param address of the gateway, without `/v1`
 * @param model as a client asks for it
 */
export function codeSample(name: SampleName, address: string, model: string): string {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] });
  switch (name) {
    case 'curl':
      return [
        `curl ${address}/v1/chat/completions \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -H 'Authorization: Bearer local' \\`,
        `  -d '${body.replaceAll("'", `'\\''`)}'`,
      ].join('\n');
    case 'python':
      return [
        'from openai import OpenAI',
        '',
        'client = OpenAI(',
        `    base_url=${quoted(`${address}/v1`)},`,
        `    api_key='local',`,
        ')',
        'answer = client.chat.completions.create(',
        `    model=${quoted(model)},`,
        `    messages=[{'role': 'user', 'content': 'Hello'}],`,
        ')',
        'print(answer.choices[0].message.content)',
      ].join('\n');
    case 'typescript':
      return [
        `import OpenAI from 'openai';`,
        '',
        'const client = new OpenAI({',
        `  baseURL: ${quoted(`${address}/v1`)},`,
        `  apiKey: 'local',`,
        '});',
        'const answer = await client.chat.completions.create({',
        `  model: ${quoted(model)},`,
        `  messages: [{ role: 'user', content: 'Hello' }],`,
        '});',
        'console.log(answer.choices[0].message.content);',
      ].join('\n');
  }
}

/** Ids come from providers: a quote in one must not end the text. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
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
