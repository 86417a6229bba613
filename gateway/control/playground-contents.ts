/** The files of a chat's messages, read before it is sent. */
import type { ChatMessage, FileContents } from '../../contract/rpc/chat-body.ts';
import { refusal } from '../../contract/rpc/errors.ts';
import { ChatFileError, type ChatFiles } from '../state/chat-files.ts';
import { refused } from '../core/refusals.ts';

/** @throws RpcError where a file is not kept any more, with its name */
export async function readContents(
  messages: readonly ChatMessage[],
  kept: Pick<ChatFiles, 'get'>,
): Promise<FileContents> {
  const wanted = messages.flatMap(({ files = [] }) => files);
  const found = new Map<string, string>();
  for (const { hash, kind, name } of wanted) {
    const key = `${kind} ${hash}`;
    if (found.has(key)) continue;
    const bytes = await read(hash, kept);
    if (bytes === undefined) {
      throw refused('file-not-kept', { name });
    }
    found.set(key, Buffer.from(bytes).toString(kind === 'text' ? 'utf8' : 'base64'));
  }
  return ({ hash, kind }) => found.get(`${kind} ${hash}`) ?? '';
}

async function read(hash: string, kept: Pick<ChatFiles, 'get'>): Promise<Uint8Array | undefined> {
  try {
    return await kept.get(hash);
  } catch (error) {
    throw error instanceof ChatFileError ? refusal('unavailable', error.told) : error;
  }
}
