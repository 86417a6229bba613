/** A tunnel through an HTTP proxy: CONNECT (RFC 9110 section 9.3.6) on an open socket. */
import type { Socket } from 'node:net';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { DialFailure } from './dial-failure.ts';

/** Bytes of the proxy's answer. */
const LARGEST_HEAD = 16_384;
const END_OF_HEAD = '\r\n\r\n';

/**
 * Asks the proxy at the other end of `socket` for a way to `authority` (`host:port`). Calls `done` once: with
 * nothing when the socket leads there, with a DialFailure when the proxy would not or went away. Errors of
 * the socket itself are the caller's.
 * @param authorization value of `proxy-authorization`; undefined for a proxy without a password
 */
export function openTunnel(
  socket: Socket,
  authority: string,
  authorization: string | undefined,
  done: (failure?: DialFailure) => void,
): void {
  let head = Buffer.alloc(0);

  const finish = (failure?: DialFailure): void => {
    socket.off('readable', onReadable).off('end', onEnd);
    done(failure);
  };
  const onEnd = (): void => finish(new DialFailure(remark('proxy-closed')));
  const onReadable = (): void => {
    for (let chunk = read(socket); chunk !== null; chunk = read(socket)) head = Buffer.concat([head, chunk]);
    const end = head.indexOf(END_OF_HEAD);
    if (end < 0) {
      if (head.length > LARGEST_HEAD) finish(new DialFailure(remark('proxy-head-large')));
      return;
    }
    const failure = verdict(head.toString('latin1', 0, end));
    // The upstream cannot have spoken before it was asked; these bytes would pass for its answer.
    const early = head.length > end + END_OF_HEAD.length;
    finish(failure ?? (early ? new DialFailure(remark('proxy-sent-more')) : undefined));
  };

  socket.on('readable', onReadable).on('end', onEnd);
  const credential = authorization === undefined ? '' : `proxy-authorization: ${authorization}\r\n`;
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\n${credential}\r\n`, 'latin1');
}

function read(socket: Socket): Buffer | null {
  const chunk: unknown = socket.read();
  return Buffer.isBuffer(chunk) ? chunk : null;
}

function verdict(head: string): DialFailure | undefined {
  const status = /^HTTP\/1\.[01] (\d{3})(?: |\r|$)/.exec(head)?.[1];
  if (status === undefined) return new DialFailure(remark('proxy-no-http'));
  if (status.startsWith('2')) return undefined;
  return new DialFailure(remark(status === '407' ? 'proxy-wants-password' : 'proxy-refused', { status }));
}
