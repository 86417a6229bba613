import { createServer, request, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { takeFraming } from './chunk-framing.ts';

let close: (() => void) | undefined;
afterEach(() => close?.());

function serve(answer: (response: ServerResponse) => void): Promise<number> {
  const server = createServer((_request, response) => answer(response));
  close = () => void server.close();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/** Everything the server sends to one request, as it is on the wire. */
function raw(port: number, head: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(head));
    socket.on('data', (bytes) => (text += bytes.toString('latin1')));
    socket.on('close', () => resolve(text));
  });
}

test('chunks of any size arrive whole, and the connection is used again', async () => {
  const pieces = [1, 15, 16, 255, 16_384, 16_385, 100_000].map((size) => Buffer.alloc(size, 'x'));
  const port = await serve((response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    const body = takeFraming(response);
    for (const piece of pieces) body.write(piece);
    body.write(new Uint8Array());
    body.end();
  });
  const sizes = await Promise.all(
    [1, 2].map(
      () =>
        new Promise<number>((resolve, reject) => {
          request({ port, host: '127.0.0.1' }, (answer) => {
            let bytes = 0;
            answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
            answer.on('end', () => resolve(bytes));
          })
            .on('error', reject)
            .end();
        }),
    ),
  );
  const whole = pieces.reduce((sum, piece) => sum + piece.length, 0);
  expect(sizes).toEqual([whole, whole]);
});

test('the wire holds size, bytes, and one last chunk', async () => {
  const port = await serve((response) => {
    response.writeHead(200, { connection: 'close' });
    const body = takeFraming(response);
    body.write(Buffer.from('data: hello\n\n'));
    body.end();
  });
  const text = await raw(port, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  expect(text.split('\r\n\r\n').slice(1).join('\r\n\r\n')).toBe('d\r\ndata: hello\n\n\r\n0\r\n\r\n');
});

test('a client of HTTP/1.0 gets bare bytes and the end of the connection', async () => {
  const port = await serve((response) => {
    response.writeHead(200);
    const body = takeFraming(response);
    body.write(Buffer.from('hello'));
    body.end();
  });
  const text = await raw(port, 'GET / HTTP/1.0\r\n\r\n');
  expect(text.endsWith('\r\n\r\nhello')).toBe(true);
});

test('a body of known length is left alone', async () => {
  const port = await serve((response) => {
    response.writeHead(200, { 'content-length': '5', connection: 'close' });
    const body = takeFraming(response);
    body.write(Buffer.from('hello'));
    body.end();
  });
  expect((await raw(port, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n')).endsWith('\r\n\r\nhello')).toBe(true);
});
