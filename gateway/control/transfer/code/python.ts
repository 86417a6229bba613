/** A request as a Python program. Pure. */
import type { RequestRow } from '../../../../contract/log/row.ts';
import { wholeAddress } from '../address.ts';
import { literal } from './literal.ts';
import { KEY_VARIABLE, meaningHeaders } from './request-headers.ts';
import type { SdkCall } from './sdk-call.ts';

const KEY = `os.environ.get("${KEY_VARIABLE}", "local")`;

export function pythonProgram(call: SdkCall, row: RequestRow, body: string, address: string): string {
  switch (call.sdk) {
    case 'openai':
    case 'anthropic':
      return [
        ...(call.sdk === 'openai' ? openai(address) : anthropic(address)),
        '',
        ...asked(`client.${call.method}`, argumentsOf(call), call.streamed),
      ].join('\n');
    case 'google':
      return [
        'import os',
        '',
        'from google import genai',
        '',
        'client = genai.Client(',
        `    api_key=${KEY},`,
        `    http_options={"base_url": ${literal(address, 'python')}},`,
        ')',
        '',
        ...asked(
          `client.models.generate_content${call.streamed ? '_stream' : ''}`,
          [
            ['model', call.model],
            ['contents', call.contents ?? []],
            ['config', call.config],
          ],
          call.streamed,
        ),
      ].join('\n');
    case null:
      return plain(row, body, address);
  }
}

const openai = (address: string): readonly string[] => [
  'import os',
  '',
  'from openai import OpenAI',
  '',
  'client = OpenAI(',
  `    base_url=${literal(`${address}/v1`, 'python')},`,
  `    api_key=${KEY},`,
  ')',
];

const anthropic = (address: string): readonly string[] => [
  'import os',
  '',
  'from anthropic import Anthropic',
  '',
  'client = Anthropic(',
  `    base_url=${literal(address, 'python')},`,
  `    api_key=${KEY},`,
  ')',
];

type Argument = readonly [name: string, value: unknown];

function argumentsOf({
  body,
  known,
}: Extract<SdkCall, { readonly sdk: 'openai' | 'anthropic' }>): readonly Argument[] {
  const members = Object.entries(body);
  const named = members.filter(([name]) => known.has(name));
  const others = members.filter(([name]) => !known.has(name));
  return others.length === 0 ? named : [...named, ['extra_body', Object.fromEntries(others)]];
}

function asked(method: string, given: readonly Argument[], streamed: boolean): readonly string[] {
  const result = streamed ? 'events' : 'answer';
  return [
    `${result} = ${method}(`,
    ...given.map(([name, value]) => `    ${name}=${literal(value, 'python', 1)},`),
    ')',
    ...(streamed
      ? ['for event in events:', '    print(event.model_dump_json())']
      : ['print(answer.model_dump_json(indent=2))']),
    '',
  ];
}

function plain(row: RequestRow, body: string, address: string): string {
  const url = wholeAddress(row.path, address).href;
  return [
    'import os',
    'import urllib.request',
    '',
    'request = urllib.request.Request(',
    `    ${literal(url, 'python')},`,
    `    data=${literal(body, 'python')}.encode(),`,
    '    headers={',
    `        **${literal(meaningHeaders(row), 'python', 2)},`,
    `        "Authorization": "Bearer " + ${KEY},`,
    '    },',
    ')',
    'with urllib.request.urlopen(request) as answer:',
    '    for line in answer:',
    '        print(line.decode(), end="")',
    '',
  ].join('\n');
}
