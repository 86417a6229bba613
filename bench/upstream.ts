/** The provider of the benchmark: answers at once, streams a hundred chunks, each in a packet of its own. */
import { createServer, type ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

const TEXT = 'word '.repeat(340);
const ANSWER = JSON.stringify({
  id: 'chatcmpl-bench',
  object: 'chat.completion',
  created: 1_764_547_200,
  model: 'bench',
  choices: [{ index: 0, message: { role: 'assistant', content: TEXT }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 500, completion_tokens: 340, total_tokens: 840 },
});

/** Chunks of a stream between its first and its last. */
const CHUNKS = 98;
/** From one chunk to the next of a slow stream, ms: the pace of a model that thinks. */
const SLOW = 200;
const chunk = (delta: object, finish: string | null): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1_764_547_200, model: 'bench', system_fingerprint: 'fp_0123456789', choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }], usage: null })}\n\n`;
const FIRST = chunk({ role: 'assistant', content: '' }, null);
const WORD = chunk({ content: ' benchmark' }, null);
const LAST = `${chunk({}, 'stop')}data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1764547200,"model":"bench","choices":[],"usage":{"prompt_tokens":500,"completion_tokens":98,"total_tokens":598}}\n\ndata: [DONE]\n\n`;

async function stream(response: ServerResponse, spacing: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.socket?.setNoDelay(true);
  response.write(FIRST);
  for (let index = 0; index < CHUNKS; index += 1) {
    if (spacing > 0) await pause(spacing);
    else await nextTurn();
    if (response.destroyed) return;
    response.write(WORD);
  }
  response.end(LAST);
}

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.setHeader('content-type', 'application/json');
    response.end('{"object":"list","data":[{"id":"bench","object":"model","created":0,"owned_by":"bench"}]}');
    return;
  }
  let tail = '';
  request.on('data', (bytes: Buffer) => {
    tail =
      bytes.length >= 400
        ? bytes.toString('latin1', bytes.length - 400)
        : (tail + bytes.toString('latin1')).slice(-400);
  });
  request.on('end', () => {
    // The benchmark writes what it wants at the end of its bodies.
    if (!tail.includes('"stream":true')) {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(ANSWER),
      });
      response.end(ANSWER);
      return;
    }
    stream(response, tail.includes('"seed":1') ? SLOW : 0).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.send?.({ port: address.port });
});
process.on('disconnect', () => process.exit(0));
