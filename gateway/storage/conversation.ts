/** What the requests of one conversation share, worked out when the row is written; it holds no text. */
import { hash } from 'node:crypto';
import type { RequestRow } from '../../contract/log/row.ts';
import { beginningOfMessages, sessionOf } from '../core/conversation-name.ts';
import type { NewPart } from './parts.ts';

/** Characters of base64: 72 bits. */
const LENGTH = 12;

/** Null where neither a header nor a message tells. @param parts of the request, redacted */
export function conversationOf(
  { requestHeaders, client }: Pick<RequestRow, 'requestHeaders' | 'client'>,
  parts: readonly NewPart[],
): string | null {
  const session = sessionOf(requestHeaders);
  const messages = parts.flatMap(({ kind, bytes }) => (kind === 'message' ? [bytes] : []));
  if (session === undefined && messages.length === 0) return null;
  const name = session === undefined ? `begins ${beginningOfMessages(messages)}` : `named ${session}`;
  return hash('sha256', `${client ?? ''} ${name}`, 'base64url').slice(0, LENGTH);
}
