/** Requests that a client sends without waiting for the answers before them (RFC 9112 section 9.3.2). */
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Runs `task` once the answer may be written: at once, or when every answer before it on this connection has
 * gone out. Until then the response has no socket, so nobody could tell a client that waits from one that
 * left. Not at all when the connection ends first.
 */
export function whenItsTurn(request: IncomingMessage, response: ServerResponse, task: () => void): void {
  if (response.socket !== null || request.socket.destroyed) return task();
  response.once('socket', task);
}
