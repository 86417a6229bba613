/** One chat with a model, sent through this gateway like any client's and told piece by piece. */
import type { IncomingHttpHeaders } from 'node:http';
import { chatBody, type Chat, type TokenLimitName } from '../../contract/rpc/chat-body.ts';
import type { RequestRow } from '../../contract/log/row.ts';
import type { Call } from '../../contract/rpc/define.ts';
import type { Clock } from '../core/ports.ts';
import type { ChatEnd, ChatPart } from '../../contract/rpc/procedures/playground.ts';
import type { Delta } from './playground-deltas.ts';
import { failureOf } from './playground-failure.ts';
import { createAnswerReader, type AnswerReader } from './playground-reader.ts';
import { sendToSelf } from './playground-request.ts';
import { readContents } from './playground-contents.ts';
import type { LimitNames } from './playground-limit-names.ts';
import type { PlaygroundPorts } from './playground-ports.ts';

export interface ChatPorts extends PlaygroundPorts {
  readonly clock: Clock;
  readonly limitNames: LimitNames;
}

/** A row comes with the last byte of an answer or right behind it, ms. */
const ROW_WAIT = 500;

/**
 * @param program names the sender in the log
 * @returns a function that sends a chat and resolves however it ends; cancelling the call closes the upstream
 */
export function createChat(ports: ChatPorts, program: string) {
  return async (chat: Chat, call: Call<ChatPart>): Promise<ChatEnd> => {
    const limit = ports.limitNames.of(chat.model);
    const end = await send(chat, limit, program, call, ports);
    if (limit !== 'max_tokens' || !asksForNewerName(chat, end)) return end;
    ports.limitNames.learn(chat.model);
    return send(chat, 'max_completion_tokens', program, call, ports);
  };
}

/** Newer models refuse `max_tokens` before they write anything, and name what they want instead. */
function asksForNewerName({ parameters }: Chat, { status, error }: ChatEnd): boolean {
  if (parameters.maxTokens === undefined || status !== 400 || error === null) return false;
  return error.message.includes('max_completion_tokens');
}

async function send(
  chat: Chat,
  limit: TokenLimitName,
  program: string,
  call: Call<ChatPart>,
  ports: ChatPorts,
): Promise<ChatEnd> {
  const sentAt = ports.clock.monotonic();
  const elapsed = (): number => Math.round(ports.clock.monotonic() - sentAt);
  const heard: Heard = { status: null, served: NOBODY, firstContentAt: null, reader: null };
  const tell = (deltas: readonly Delta[] = []): void => {
    if (deltas.length > 0) heard.firstContentAt ??= elapsed();
    for (const delta of deltas) call.tell(partOf(delta));
  };
  const contentsOf = await readContents(chat.messages, ports.chatFiles);

  const { id, socket } = ports.connect();
  const followed = ports.rows.follow(id);
  const asked = {
    path: '/v1/chat/completions',
    body: JSON.stringify(chatBody(chat, limit, contentsOf)),
    program,
    headers: { accept: 'text/event-stream' },
  };
  const sent = sendToSelf(socket, asked, {
    head(status, headers) {
      heard.status = status;
      heard.served = readServed(headers);
      const { provider, model, attempts } = heard.served;
      if (provider !== null && model !== null) call.tell({ kind: 'served', provider, model, attempts });
      const contentType = headers['content-type'] ?? '';
      heard.reader = createAnswerReader({ status, contentType }, ports.streamRedactor);
    },
    data(chunk) {
      tell(heard.reader?.push(chunk));
      if (heard.reader?.tooLong === true) sent.abort();
    },
  });
  call.tell({ kind: 'sent', requestId: id });
  call.onCancel(() => sent.abort());
  try {
    await sent.over;
    const { status, served, reader } = heard;
    tell(reader?.end());
    const doneAt = elapsed();
    const row = await followed.take(ROW_WAIT);
    const outcome = outcomeOf(call.cancelled, reader, row);
    const finishReason = row?.finishReason ?? reader?.facts.finishReason ?? null;
    return {
      requestId: id,
      outcome,
      status,
      provider: row?.provider ?? served.provider,
      model: row?.modelServed ?? served.model,
      keyFingerprint: row?.keyFingerprint ?? null,
      attempts: row?.attemptCount ?? served.attempts,
      firstContentAt: heard.firstContentAt,
      doneAt,
      tokens: row?.tokens ?? reader?.facts.usage ?? null,
      cost: row?.cost ?? null,
      warnings: row?.warnings ?? [],
      // A provider's own word, so it may hold anything.
      finishReason: finishReason === null ? null : ports.redact(finishReason),
      error: outcome === 'error' || outcome === 'cut' ? failureOf(reader, row, ports.redact) : null,
    };
  } finally {
    followed.forget();
  }
}

const partOf = ({ call, kind, text }: Delta): ChatPart =>
  call === undefined ? { kind: `${kind}-delta`, text } : { kind: 'call-delta', ...call, text };

/** What has come of an answer so far. */
interface Heard {
  status: number | null;
  served: Served;
  /** ms since the request was sent. */
  firstContentAt: number | null;
  reader: AnswerReader | null;
}

interface Served {
  readonly provider: string | null;
  readonly model: string | null;
  readonly attempts: number;
}

const NOBODY: Served = { provider: null, model: null, attempts: 0 };

/** As `pipeline/handle.ts` writes them. */
function readServed(headers: IncomingHttpHeaders): Served {
  const model = textOf(headers['x-switchyard-model']);
  return {
    provider: textOf(headers['x-switchyard-provider']),
    model: model === null ? null : decodeURI(model),
    attempts: Number(headers['x-switchyard-attempts'] ?? 0),
  };
}

const textOf = (header: string | string[] | undefined): string | null =>
  typeof header === 'string' && header !== '' ? header : null;

/** Good is only what said itself that it was whole. */
function outcomeOf(
  cancelled: boolean,
  reader: AnswerReader | null,
  row: RequestRow | null,
): ChatEnd['outcome'] {
  if (cancelled) return 'stopped';
  if (reader?.complete === true && !reader.tooLong) return 'ok';
  if (row?.outcome === 'error' || row?.outcome === 'cut') return row.outcome;
  return reader !== null && reader.error !== null ? 'error' : 'cut';
}
