/** What is pasted into a tool, a shell or a program to reach the gateway. Pure. */
import { CLIENT_KEY_PLACE } from '../../shared/rpc/client-key.ts';

export type SnippetFormat = 'curl' | 'python' | 'typescript' | 'shell';

export const SNIPPET_FORMATS: readonly SnippetFormat[] = ['curl', 'python', 'typescript', 'shell'];

export interface SnippetFacts {
  /** Base address of the gateway, without `/v1`. */
  readonly address: string;
  readonly model: string;
  /** True where tools must bring the client key, which the interface does not know. */
  readonly needsKey: boolean;
  readonly windows: boolean;
}

/** What tools get that insist on some key. */
export const ANY_KEY = 'local';

/** Language of each text, as a highlighter names it. */
export const snippetLanguage = (format: SnippetFormat, windows: boolean): string =>
  format === 'python' || format === 'typescript' ? format : windows ? 'powershell' : 'bash';

export function snippet(format: SnippetFormat, facts: SnippetFacts): string {
  const baseUrl = `${facts.address}/v1`;
  const key = facts.needsKey ? CLIENT_KEY_PLACE : ANY_KEY;
  switch (format) {
    case 'curl':
      return command(baseUrl, facts);
    case 'python':
      return `from openai import OpenAI

client = OpenAI(base_url="${baseUrl}", api_key="${key}")
answer = client.chat.completions.create(
    model="${facts.model}",
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`;
    case 'typescript':
      return `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${baseUrl}', apiKey: '${key}' });
const answer = await client.chat.completions.create({
  model: '${facts.model}',
  messages: [{ role: 'user', content: 'Hello' }],
});
console.log(answer.choices[0]?.message.content);`;
    case 'shell':
      return facts.windows
        ? `$env:OPENAI_BASE_URL = '${baseUrl}'\n$env:OPENAI_API_KEY = '${key}'`
        : `export OPENAI_BASE_URL=${baseUrl}\nexport OPENAI_API_KEY=${key}`;
  }
}

function command(baseUrl: string, { model, needsKey, windows }: SnippetFacts): string {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] });
  const url = `${baseUrl}/chat/completions`;
  if (windows) {
    const headers = needsKey ? ` -Headers @{ Authorization = 'Bearer ${CLIENT_KEY_PLACE}' }` : '';
    return `Invoke-RestMethod ${url} -Method Post -ContentType application/json${headers} -Body '${body}'`;
  }
  const authorization = needsKey ? ` \\\n  -H 'authorization: Bearer ${CLIENT_KEY_PLACE}'` : '';
  return `curl ${url} \\\n  -H 'content-type: application/json'${authorization} \\\n  -d '${body}'`;
}
