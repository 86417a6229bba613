/** What is pasted into a shell or a program to reach the gateway. Pure. */
import { CLIENT_KEY_PLACE } from '../rpc/client-key.ts';
import { sdkSnippet, type SdkSnippet } from './sdk-snippets.ts';

export const SHELL_SNIPPETS = ['bash', 'fish', 'powershell', 'cmd'] as const;
export type ShellSnippet = (typeof SHELL_SNIPPETS)[number];

export type SnippetName = ShellSnippet | SdkSnippet | 'curl' | 'invoke' | 'docker';

export interface SnippetFacts {
  /** Base address of the gateway, without `/v1`. */
  readonly address: string;
  readonly model: string;
  /** True where tools must bring the client key, which the interface does not know. */
  readonly needsKey: boolean;
}

/** What tools get that insist on some key. */
export const ANY_KEY = 'local';

/** The name by which a container knows the machine it runs on. */
export const DOCKER_HOST = 'host.docker.internal';

export const keyOf = ({ needsKey }: Pick<SnippetFacts, 'needsKey'>): string =>
  needsKey ? CLIENT_KEY_PLACE : ANY_KEY;

/** Language of each text, as a highlighter names it. */
export function snippetLanguage(name: SnippetName): string {
  switch (name) {
    case 'curl':
    case 'docker':
      return 'bash';
    case 'invoke':
      return 'powershell';
    case 'bash':
    case 'fish':
    case 'powershell':
    case 'cmd':
      return name;
    default:
      return name.endsWith('python') ? 'python' : 'typescript';
  }
}

export function snippet(name: SnippetName, facts: SnippetFacts): string {
  switch (name) {
    case 'bash':
    case 'fish':
    case 'powershell':
    case 'cmd':
      return variables(facts)
        .map(([variable, value]) => assignment(name, variable, value))
        .join('\n');
    case 'curl':
      return curl(facts);
    case 'invoke':
      return invoke(facts);
    case 'docker':
      return openWebUi(facts);
    default:
      return sdkSnippet(name, { ...facts, key: keyOf(facts) });
  }
}

/** What the SDKs of the three formats, and tools made with them, read. */
function variables(facts: SnippetFacts): readonly (readonly [string, string])[] {
  const key = keyOf(facts);
  return [
    ['OPENAI_BASE_URL', `${facts.address}/v1`],
    ['OPENAI_API_KEY', key],
    ['ANTHROPIC_BASE_URL', facts.address],
    ['ANTHROPIC_AUTH_TOKEN', key],
    ['GOOGLE_GEMINI_BASE_URL', facts.address],
    ['GEMINI_API_KEY', key],
  ];
}

function assignment(shell: ShellSnippet, variable: string, value: string): string {
  switch (shell) {
    case 'bash':
      return `export ${variable}=${value}`;
    case 'fish':
      return `set -gx ${variable} ${value}`;
    case 'powershell':
      return `$env:${variable} = '${value}'`;
    case 'cmd':
      return `set ${variable}=${value}`;
  }
}

const bodyOf = (model: string): string =>
  JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] });

function curl({ address, model, needsKey }: SnippetFacts): string {
  const authorization = needsKey ? ` \\\n  -H 'authorization: Bearer ${CLIENT_KEY_PLACE}'` : '';
  const body = bodyOf(model).replaceAll("'", String.raw`'\''`);
  return `curl ${address}/v1/chat/completions \\\n  -H 'content-type: application/json'${authorization} \\\n  -d '${body}'`;
}

/** The same in PowerShell, whose own `curl` is another program. */
function invoke({ address, model, needsKey }: SnippetFacts): string {
  const headers = needsKey ? ` -Headers @{ Authorization = 'Bearer ${CLIENT_KEY_PLACE}' }` : '';
  const body = bodyOf(model).replaceAll("'", "''");
  return `Invoke-RestMethod ${address}/v1/chat/completions -Method Post -ContentType application/json${headers} -Body '${body}'`;
}

function openWebUi(facts: SnippetFacts): string {
  return [
    'docker run -d --name open-webui -p 3000:8080 \\',
    `  --add-host=${DOCKER_HOST}:host-gateway \\`,
    `  -e OPENAI_API_BASE_URL=${containerAddress(facts.address)}/v1 \\`,
    `  -e OPENAI_API_KEY=${keyOf(facts)} \\`,
    '  -v open-webui:/app/backend/data \\',
    '  ghcr.io/open-webui/open-webui:main',
  ].join('\n');
}

/** The address as a container reaches it: there, `127.0.0.1` is the container itself. */
export function containerAddress(address: string): string {
  return address.replace(/\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$)/, `//${DOCKER_HOST}`);
}
