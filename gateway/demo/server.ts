/**
 * The provider of `--demo`: a loopback server that speaks OpenAI chat and follows command words. It is an
 * upstream like any other; the gateway does not know it apart. Loaded only when asked for.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { demoAnswer, type DemoAnswer, type DemoStep } from './script.ts';

export interface DemoUpstream {
  /** Base address in the form of `base_url`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Models the demo lists. */
export const DEMO_MODELS: readonly string[] = ['chat', 'chat-large', 'chat-thinking'];

/** Pause between two words, ms. */
const PACE = 20;

export async function startDemo(): Promise<DemoUpstream> {
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the demo has no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/v1/models') {
    const data = DEMO_MODELS.map((id) => ({ id, object: 'model', created: 1_764_547_200, owned_by: 'demo' }));
    return sendJson(response, 200, { object: 'list', data });
  }
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
    return sendError(response, {
      kind: 'error',
      status: 404,
      code: 'not_found',
      message: 'The demo has no such page.',
      retryAfter: null,
    });
  }
  const asked = readAsked(await readAll(request));
  const told = demoAnswer(asked.text, asked.tool);
  if (told.kind === 'error') return sendError(response, told);
  if (asked.streamed) await stream(response, asked, told);
  else await whole(response, asked, told);
}

interface Asked {
  readonly model: string;
  readonly streamed: boolean;
  readonly usage: boolean;
  readonly text: string;
  readonly tool: string | undefined;
  /** A rough count, as good as a demo needs. */
  readonly inputTokens: number;
}

type Told = DemoAnswer & { readonly kind: 'answer' };

/** One event at a time, at the pace of a quick model. */
async function stream(response: ServerResponse, asked: Asked, told: Told): Promise<void> {
  const base = {
    id: `demo-${Date.now().toString(36)}`,
    object: 'chat.completion.chunk',
    created: Math.floor(Date.now() / 1_000),
    model: asked.model,
  };
  const send = (delta: object, finish: string | null = null): void => {
    const choices = [{ index: 0, delta, finish_reason: finish }];
    response.write(`data: ${JSON.stringify({ ...base, choices })}\n\n`);
  };
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  if (told.steps[0]?.kind !== 'cut') send({ role: 'assistant', content: '' });
  for (const step of told.steps) {
    if (response.destroyed) return;
    switch (step.kind) {
      case 'pause':
        await pause(step.milliseconds);
        continue;
      case 'cut':
        // What was written must arrive before the connection breaks.
        await pause(PACE);
        response.destroy();
        return;
      case 'error-event':
        response.write(
          `data: ${JSON.stringify({ error: { message: 'The demo broke off because it was told to.', type: 'server_error', code: step.status } })}\n\n`,
        );
        response.end();
        return;
      case 'text':
        send({ content: step.text });
        break;
      case 'reasoning':
        send({ reasoning_content: step.text });
        break;
      case 'tool':
        send({
          tool_calls: [
            {
              index: 0,
              id: 'call_demo',
              type: 'function',
              function: { name: step.name, arguments: step.arguments },
            },
          ],
        });
        break;
    }
    await pause(PACE);
  }
  send({}, told.finish);
  if (asked.usage)
    response.write(`data: ${JSON.stringify({ ...base, choices: [], usage: usage(asked, told.steps) })}\n\n`);
  response.end('data: [DONE]\n\n');
}

async function whole(response: ServerResponse, asked: Asked, told: Told): Promise<void> {
  const join = (kind: 'text' | 'reasoning'): string =>
    told.steps.map((step) => (step.kind === kind ? step.text : '')).join('');
  for (const step of told.steps) {
    if (step.kind === 'pause') await pause(step.milliseconds);
    if (step.kind === 'cut' || step.kind === 'error-event') {
      response.destroy();
      return;
    }
  }
  const calls = told.steps.flatMap((step) =>
    step.kind === 'tool'
      ? [{ id: 'call_demo', type: 'function', function: { name: step.name, arguments: step.arguments } }]
      : [],
  );
  const reasoning = join('reasoning');
  sendJson(response, 200, {
    id: `demo-${Date.now().toString(36)}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1_000),
    model: asked.model,
    choices: [
      {
        index: 0,
        finish_reason: told.finish,
        message: {
          role: 'assistant',
          content: calls.length > 0 ? null : join('text'),
          ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
          ...(calls.length > 0 ? { tool_calls: calls } : {}),
        },
      },
    ],
    usage: usage(asked, told.steps),
  });
}

function usage(asked: Asked, steps: readonly DemoStep[]): object {
  const count = (kind: DemoStep['kind']): number => steps.filter((step) => step.kind === kind).length;
  const output = count('text') + count('reasoning') + count('tool') * 12;
  return {
    prompt_tokens: asked.inputTokens,
    completion_tokens: output,
    total_tokens: asked.inputTokens + output,
    completion_tokens_details: { reasoning_tokens: count('reasoning') },
  };
}

function sendError(response: ServerResponse, error: DemoAnswer & { kind: 'error' }): void {
  if (error.retryAfter !== null) response.setHeader('retry-after', String(error.retryAfter));
  sendJson(response, error.status, {
    error: { message: error.message, type: error.code, param: null, code: error.code },
  });
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

async function readAll(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += String(chunk);
  return text;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readAsked(body: string): Asked {
  const parsed: unknown = JSON.parse(body);
  const request = isRecord(parsed) ? parsed : {};
  const messages: readonly unknown[] = Array.isArray(request['messages']) ? request['messages'] : [];
  const last = messages.findLast((message) => isRecord(message) && message['role'] === 'user');
  const newest = messages.at(-1);
  // A result was given: calling once more would go on for ever in a program that runs its tools.
  const called = isRecord(newest) && newest['role'] === 'tool';
  const tools: readonly unknown[] = Array.isArray(request['tools']) ? request['tools'] : [];
  const [tool] = tools;
  const details = isRecord(tool) && isRecord(tool['function']) ? tool['function']['name'] : undefined;
  const options = request['stream_options'];
  return {
    model: typeof request['model'] === 'string' ? request['model'] : 'chat',
    streamed: request['stream'] === true,
    usage: isRecord(options) && options['include_usage'] === true,
    text: isRecord(last) ? textOf(last['content']) : '',
    tool: typeof details === 'string' && !called ? details : undefined,
    inputTokens: Math.max(1, Math.round(body.length / 4)),
  };
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  const texts = content.flatMap((part) =>
    isRecord(part) && typeof part['text'] === 'string' ? [part['text']] : [],
  );
  // Coding tools put what they know of the project in parts before what the person wrote.
  return texts.at(-1) ?? '';
}
