/** Every open connection with the answers under way on it: for errors below HTTP, and for closing in time. */
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../core/ports.ts';

export interface Connections {
  /** Follows a listening server's connections; closing ends it too. */
  add(server: Server): void;
  /** An answer begins to be made on its connection. */
  begin(response: ServerResponse): void;
  /** Part of an answer may already be on this connection, so nothing else may be written to it. */
  isAnswering(socket: Duplex): boolean;
  /**
   * Stops accepting; idle and silent connections are closed at once, each other one after its answer, the
   * rest after `deadline` ms. Resolves when all are gone.
   */
  close(deadline: number): Promise<void>;
}

const nothing = (): void => undefined;

export function createConnections(clock: Clock): Connections {
  const servers: Server[] = [];
  const sockets = new Map<Duplex, ServerResponse[]>();
  let closing = false;

  function accept(socket: Socket): void {
    if (closing) return void socket.destroy();
    sockets.set(socket, []);
    socket.once('close', () => sockets.delete(socket));
  }

  return {
    add(server) {
      servers.push(server);
      // Closing calls it, and takes an answer for sent that is only written: a slow client lost the rest of it.
      server.closeIdleConnections = nothing;
      server.on('connection', accept);
    },
    begin(response) {
      const { socket } = response.req;
      const answers = sockets.get(socket);
      if (answers === undefined) return;
      answers.push(response);
      if (closing) response.shouldKeepAlive = false;
      response.once('close', () => {
        answers.splice(answers.indexOf(response), 1);
        // `destroySoon` lets out what is written and waiting.
        if (closing && answers.length === 0) socket.destroySoon();
      });
    },
    isAnswering(socket) {
      return sockets.get(socket)?.some((response) => response.headersSent) === true;
    },
    async close(deadline) {
      closing = true;
      const closed = servers.map((server) => new Promise<void>((done) => void server.close(() => done())));
      for (const [socket, answers] of sockets) {
        if (answers.length === 0) socket.destroy();
        for (const response of answers) if (!response.headersSent) response.shouldKeepAlive = false;
      }
      const cancel = clock.after(deadline, () => {
        for (const socket of sockets.keys()) socket.destroy();
      });
      await Promise.all(closed);
      cancel();
    },
  };
}
