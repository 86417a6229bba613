/** What a provider has to fetch, to open or to know is left as it is; what only looks like it is not. */
import { expect, it } from 'vitest';
import { bodyTexts } from './body-texts.ts';
import { maskedBody } from './mask-body.ts';
import { createSensitivePatterns } from './patterns.ts';

const N = '1732712345678';
const TOKEN = 'ghp_abcdefghij1234567890';
const PATTERNS = createSensitivePatterns(['\\b(?:\\d[ -]?){13,16}\\b', 'ghp_\\w{10,}', 'secret'], 'mask');

function toEnd<Result>(going: Generator<undefined, Result>): Result {
  for (let turn = going.next(); ; turn = going.next()) if (turn.done === true) return turn.value;
}
const found = (body: Uint8Array): number => toEnd(PATTERNS.search(bodyTexts(body))).length;
const masked = (body: Uint8Array): string => Buffer.from(toEnd(maskedBody(body, PATTERNS.masked))).toString();

const messages = (...content: readonly object[]) => ({ messages: [{ role: 'user', content }] });
const tool = (more: object) => ({ input: 'x', tools: [more] });
const ADDRESS = `https://cdn.example.com/up/${N}.png?v=${N}`;

it.each<readonly [string, object]>([
  ['Chat: a picture', messages({ type: 'image_url', image_url: { url: ADDRESS } })],
  ['Chat: a video', messages({ type: 'video_url', video_url: { url: ADDRESS } })],
  ['Chat: a document', messages({ type: 'document_url', document_url: ADDRESS })],
  ['Chat: a file', messages({ type: 'file', file: { file_id: `file-${N}` } })],
  [
    'Chat: data that a provider searches',
    {
      data_sources: [
        { parameters: { endpoint: 'x', authentication: { type: 'api_key', key: `${TOKEN} secret` } } },
      ],
    },
  ],
  [
    'Responses: a picture and a file',
    { input: [{ content: [{ image_url: ADDRESS }, { file_url: ADDRESS }, { file_id: `f-${N}` }] }] },
  ],
  [
    'Responses: an MCP server',
    tool({
      type: 'mcp',
      server_url: ADDRESS,
      authorization: TOKEN,
      headers: { Authorization: `Bearer ${TOKEN}` },
    }),
  ],
  ['Responses: a connector', tool({ type: 'mcp', connector_id: `c_${N}`, authorization: TOKEN })],
  ['Responses: files to search', tool({ type: 'file_search', vector_store_ids: ['vs_1', `vs-${N}`] })],
  [
    'Responses: files of a container',
    tool({ type: 'code_interpreter', container: { type: 'auto', file_ids: [`f-${N}`] } }),
  ],
  [
    'Responses: secrets of a shell',
    tool({ environment: { network_policy: { domain_secrets: [{ domain: 'x.test', value: TOKEN }] } } }),
  ],
  ['Responses: a conversation', { input: 'x', conversation: `conv-${N}` }],
  [
    'Responses: what is approved',
    { input: [{ type: 'mcp_approval_response', approval_request_id: `mcpr-${N}`, approve: true }] },
  ],
  ['Messages: a picture', messages({ type: 'image', source: { type: 'url', url: ADDRESS } })],
  [
    'Messages: a picture of a result',
    messages({ type: 'tool_result', content: [{ type: 'image', source: { type: 'url', url: ADDRESS } }] }),
  ],
  [
    'Messages: pages that were found',
    messages({ type: 'web_search_tool_result', content: [{ url: ADDRESS, encrypted_content: `E${N}` }] }),
  ],
  ['Messages: an MCP server', { mcp_servers: [{ type: 'url', url: ADDRESS, authorization_token: TOKEN }] }],
  ['Messages: a skill', { container: { skills: [{ type: 'custom', skill_id: `skill-${N}` }] } }],
  ['Messages: domains', { tools: [{ type: 'web_search', allowed_domains: [`b.${N}.test`] }] }],
  ['Gemini: a file', { contents: [{ parts: [{ fileData: { fileUri: `gs://b/my film ${N}.mp4` } }] }] }],
  ['Gemini: a file of snake', { contents: [{ parts: [{ file_data: { file_uri: ADDRESS } }] }] }],
  ['Gemini: what is cached', { cachedContent: `cachedContents/${N}`, contents: [] }],
  [
    'Gemini: an MCP server',
    { tools: [{ mcpServers: [{ streamableHttpTransport: { url: ADDRESS, headers: { 'x-key': TOKEN } } }] }] },
  ],
  [
    'Gemini: data to search',
    { tools: [{ retrieval: { vertexAiSearch: { datastore: `projects/${N}/dataStores/x` } } }] },
  ],
  ['embedded pictures', { input: [{ image: ADDRESS }] }],
  ['who asks', { metadata: { user_id: `{"device_id":"${N}"}` } }],
])('%s is neither searched nor masked', (_name, body) => {
  const bytes = Buffer.from(JSON.stringify(body));
  expect(found(bytes)).toBe(0);
  expect(masked(bytes)).toBe(bytes.toString());
});

it.each<readonly [string, object, string]>([
  [
    'an address that a tool is given',
    messages({ type: 'tool_use', input: { url: ADDRESS, headers: { authorization: TOKEN } } }),
    '"input":{"url":"https://cdn.example.com/up/[masked].png?v=[masked]","headers":{"authorization":"[masked]"}}',
  ],
  [
    'an address in arguments that are JSON',
    { messages: [{ tool_calls: [{ function: { arguments: JSON.stringify({ url: ADDRESS }) } }] }] },
    '/up/[masked].png',
  ],
  [
    'an address that a tool gave back',
    { contents: [{ parts: [{ functionResponse: { response: { fileUri: ADDRESS } } }] }] },
    '/up/[masked].png',
  ],
  ['an address in a text', messages({ type: 'text', text: ADDRESS }), '/up/[masked].png'],
  [
    'what stands in the place of an address',
    messages({ image_url: { url: `my ${N}` } }),
    '"url":"my [masked]"',
  ],
  ['an address that is its data', messages({ url: 'data:text/plain,secret' }), 'data:text/plain,[masked]'],
  [
    'headers that a tool takes',
    tool({ parameters: { properties: { headers: { description: `like ${TOKEN}` } } } }),
    '"headers":{"description":"like [masked]"}',
  ],
  [
    'variables of a command',
    { input: [{ type: 'local_shell_call', action: { env: { authorization: TOKEN } } }] },
    '"authorization":"[masked]"',
  ],
  ['values that a tool takes', tool({ parameters: { enum: [N, 'b'] } }), '"enum":["[masked]","b"]'],
  ['data of who asks', { metadata: { trace: N } }, '"trace":"[masked]"'],
])('%s is content', (_name, body, expected) => {
  const bytes = Buffer.from(JSON.stringify(body));
  expect(found(bytes)).toBeGreaterThan(0);
  expect(masked(bytes)).toContain(expected);
});

it.each<readonly [string, object]>([
  ['of an MCP server', { mcp_servers: [{ name: 'secret' }], tools: [{ mcp_server_name: 'secret' }] }],
  ['of an MCP server and its tools', tool({ server_label: 'secret', allowed_tools: ['secret'] })],
  ['of a parameter', tool({ parameters: { required: ['secret'] } })],
  ['of a definition', tool({ parameters: { $ref: '#/$defs/secret' } })],
])('the name %s is looked at, and not masked', (_name, body) => {
  const bytes = Buffer.from(JSON.stringify(body));
  expect(found(bytes)).toBeGreaterThan(0);
  expect(masked(bytes)).toBe(bytes.toString());
});
