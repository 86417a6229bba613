/** A helper process that misbehaves as its environment tells it, for tests. */
import { readRequest } from '../helper-messages.ts';

const how = process.env['BAD_HELPER'];

process.on('message', (message) => {
  const request = readRequest(message);
  if (request === undefined) return;
  // Blocks as native code does: no signal handler and no timer runs any more.
  if (how === 'blocked') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  if (how === 'crashing') process.abort();
  if (how === 'talking nonsense') process.send?.({ id: request.id, kind: 'done' });
  process.send?.({ id: request.id, kind: 'done', value: `${how ?? ''} ${request.name}` });
});
