/** The client of a random script: sends one request and keeps all it gets to see. */
import type { Ask } from './script.ts';

export interface Seen {
  /** Null where it left before the head. */
  readonly status: number | null;
  readonly headers: Headers;
  readonly body: string;
  /** `broken`: the connection ended before the body did. */
  readonly end: 'whole' | 'broken' | 'left';
}

/** When the client goes, as the upstream decides it. */
export interface Leaving {
  readonly signal: AbortSignal;
  readonly withContent: () => boolean;
  readonly leave: () => void;
}

export async function ask(
  url: string,
  model: string,
  { id, streamed }: Ask,
  leaving: Leaving,
): Promise<Seen> {
  let status: number | null = null;
  let headers = new Headers();
  let body = '';
  try {
    const answer = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': `script/${id}` },
      body: JSON.stringify({ model, stream: streamed, messages: [{ role: 'user', content: `ask ${id}.` }] }),
      signal: leaving.signal,
    });
    ({ status, headers } = answer);
    const decoder = new TextDecoder();
    const stream: AsyncIterable<Uint8Array> | null = answer.body;
    for await (const bytes of stream ?? []) {
      body += decoder.decode(bytes, { stream: true });
      if (leaving.withContent() && body.includes(`ask ${id}.`)) leaving.leave();
    }
    return { status, headers, body, end: 'whole' };
  } catch {
    return { status, headers, body, end: leaving.signal.aborted ? 'left' : 'broken' };
  }
}
