/** A request as a TypeScript program. Pure. */
import type { RequestRow } from '../../../../contract/log/row.ts';
import { wholeAddress } from '../address.ts';
import { literal } from './literal.ts';
import { KEY_VARIABLE, meaningHeaders } from './request-headers.ts';
import type { SdkCall } from './sdk-call.ts';

const KEY = `process.env.${KEY_VARIABLE} ?? "local"`;

export function typescriptProgram(call: SdkCall, row: RequestRow, body: string, address: string): string {
  switch (call.sdk) {
    case 'openai':
    case 'anthropic':
      return [
        ...(call.sdk === 'openai' ? client('OpenAI', 'openai', `${address}/v1`) : []),
        ...(call.sdk === 'anthropic' ? client('Anthropic', '@anthropic-ai/sdk', address) : []),
        ...asked(`client.${call.method}`, call.body, call.streamed),
      ].join('\n');
    case 'google':
      return [
        'import { GoogleGenAI } from "@google/genai";',
        '',
        'const client = new GoogleGenAI({',
        `    apiKey: ${KEY},`,
        `    httpOptions: { baseUrl: ${literal(address, 'typescript')} },`,
        '});',
        '',
        ...asked(
          `client.models.generateContent${call.streamed ? 'Stream' : ''}`,
          { model: call.model, contents: call.contents ?? [], config: call.config },
          call.streamed,
        ),
      ].join('\n');
    case null:
      return plain(row, body, address);
  }
}

const client = (name: string, from: string, address: string): readonly string[] => [
  `import ${name} from "${from}";`,
  '',
  `const client = new ${name}({`,
  `    baseURL: ${literal(address, 'typescript')},`,
  `    apiKey: ${KEY},`,
  '});',
  '',
];

function asked(method: string, body: object, streamed: boolean): readonly string[] {
  const result = streamed ? 'events' : 'answer';
  return [
    `const ${result} = await ${method}(${literal(body, 'typescript')});`,
    streamed
      ? 'for await (const event of events) console.log(JSON.stringify(event));'
      : 'console.log(JSON.stringify(answer, null, 2));',
    '',
  ];
}

function plain(row: RequestRow, body: string, address: string): string {
  const url = wholeAddress(row.path, address).href;
  return [
    `const answer = await fetch(${literal(url, 'typescript')}, {`,
    '    method: "POST",',
    '    headers: {',
    `        ...${literal(meaningHeaders(row), 'typescript', 2)},`,
    `        Authorization: \`Bearer \${${KEY}}\`,`,
    '    },',
    `    body: ${literal(body, 'typescript')},`,
    '});',
    'console.log(await answer.text());',
    '',
  ].join('\n');
}
