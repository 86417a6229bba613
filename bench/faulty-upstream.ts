/** A provider that does what each request says: well, slowly, wrongly, halfway, or not at all. Counts its calls. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** What a call may get. Half of all are good ones; `cut` comes before a byte, the `late` ones after content. */
export const DEEDS = [
  ...['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'slow', 'slow', 'slow'],
  ...['500', '429', '401', 'cut', 'silence', 'error', 'late-cut', 'late-stall', 'late-error'],
];
/** Pieces of a slow stream, and ms between them. */
const [PIECES, SPACING] = [20, 50];

export interface FaultyUpstream {
  readonly port: number;
  /** Calls of each request, by its number. */
  readonly calls: ReadonlyMap<number, number>;
  readonly close: () => void;
}

/** The question of request `number`: the first call gets the first deed, and so on; the last one holds for the rest. */
export const question = (number: number, deeds: readonly string[]): string =>
  `request ${number}; deeds ${deeds.join(',')};`;
/** What stands once in each good answer, and begins each broken one. */
export const answerTo = (number: number): string => `<answer ${number}>`;

const usage = { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 };
const common = { id: 'chatcmpl-soak', created: 1_764_547_200, model: 'm' };
const chunk = (delta: object, finish: string | null): string =>
  `data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const failure = (type: string): string => JSON.stringify({ error: { message: `no: ${type}`, type } });

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const bytes of request) text += String(bytes);
  return text;
}

async function stream(response: ServerResponse, deed: string, content: string): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(chunk({ role: 'assistant', content: '' }, null));
  if (deed === 'error') return void response.end(`data: ${failure('overloaded_error')}\n\n`);
  response.write(chunk({ content }, null));
  if (deed === 'late-cut') return void setTimeout(() => response.destroy(), 20);
  if (deed === 'late-stall') return;
  if (deed === 'late-error') return void response.end(`data: ${failure('server_error')}\n\n`);
  for (let piece = 0; piece < PIECES && !response.destroyed; piece += 1) {
    if (deed === 'slow') await pause(SPACING);
    response.write(chunk({ content: ' and' }, null));
  }
  response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
}

async function answer(response: ServerResponse, deed: string, number: number, streamed: boolean) {
  const status = Number(deed);
  if (status > 0) {
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after-ms': '30' });
    return void response.end(failure(`status ${status}`));
  }
  if (deed === 'cut') return void response.destroy();
  if (deed === 'silence') return;
  const content = answerTo(number);
  if (streamed) return stream(response, deed, content);
  if (deed === 'slow') await pause(PIECES * SPACING);
  const message = { role: 'assistant', content };
  const choices = [{ index: 0, message, finish_reason: 'stop' }];
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    deed === 'error'
      ? failure('server_error')
      : JSON.stringify({ ...common, object: 'chat.completion', choices, usage }),
  );
}

export async function startFaultyUpstream(): Promise<FaultyUpstream> {
  const calls = new Map<number, number>();
  const server = createServer((request, response) => {
    void bodyOf(request)
      .then((body) => {
        const [, id = '0', list = 'ok'] = /request (\d+); deeds ([^;]+);/.exec(body) ?? [];
        const number = Number(id);
        const call = calls.get(number) ?? 0;
        calls.set(number, call + 1);
        const deeds = list.split(',');
        return answer(response, deeds[call] ?? deeds.at(-1) ?? 'ok', number, body.includes('"stream":true'));
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the upstream has no port');
  return {
    port: address.port,
    calls,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
