/** Whether anybody listens at an address. */
import { connect } from 'node:net';

/** How long a connection may take to open, ms: it is to this machine. */
const TIMEOUT_MS = 500;

/** @param address `http://127.0.0.1:8000`; whatever path follows is nobody's */
export function listens(address: string): Promise<boolean> {
  const url = URL.parse(address);
  if (url === null) return Promise.resolve(false);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: TIMEOUT_MS });
    const end = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
