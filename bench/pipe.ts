/** What everything is compared with: node:http in front, undici behind, bytes passed on, nothing else. */
import { createServer } from 'node:http';
import { Agent, request as send } from 'undici';

const target = process.argv[2] ?? '';
const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (bytes: Buffer) => chunks.push(bytes));
  request.on('end', () => {
    send(target + (request.url ?? ''), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
      body: Buffer.concat(chunks),
      dispatcher,
    }).then(
      (answer) => {
        const type = answer.headers['content-type'];
        response.writeHead(answer.statusCode, {
          'content-type': typeof type === 'string' ? type : 'application/json',
        });
        answer.body.on('data', (bytes: Buffer) => {
          if (!response.write(bytes)) {
            answer.body.pause();
            response.once('drain', () => answer.body.resume());
          }
        });
        answer.body.on('end', () => response.end());
        answer.body.on('error', () => response.destroy());
        response.on('close', () => answer.body.destroy());
      },
      () => response.destroy(),
    );
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.send?.({ port: address.port });
});
