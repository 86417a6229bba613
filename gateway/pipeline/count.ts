/**
 * How many tokens a request would be: asked of the provider that would answer it, estimated where it cannot tell.
 * Tools ask for this in the middle of their work, so nothing but a refused key keeps them from a number.
 */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { promptText } from '../core/canonical/prompt-text.ts';
import type { Exchange } from '../core/exchange.ts';
import { scanBody } from '../core/scan-body.ts';
import { failed } from '../core/failed.ts';
import { shapes } from '../dialects/index.ts';
import { NO_FACTS } from './attempt-end.ts';
import { conduct, type Conducted } from './conduct.ts';
import { askProvider } from './count-attempt.ts';
import { counterOf } from './count-call.ts';
import type { JourneyEnd } from './failover.ts';
import { findWay } from './find-way.ts';
import { hasFitKey } from './pick.ts';
import type { PipelinePorts } from './ports.ts';
import type { Preparing } from './prepare.ts';
import { readGuarded } from './read-guarded.ts';
import { createTranslator } from './translation/translator.ts';

/** Marks an answer that the gateway computed. */
const ESTIMATE = { 'x-switchyard-estimate': 'true' };

/**
 * Never rejects; the response has ended, or its client has left, when it resolves. The log keeps a row and no
 * bodies: tools send a whole conversation before every request.
 */
export function handleCount(exchange: Exchange, sequence: number, ports: PipelinePorts): Promise<void> {
  const logWish = exchange.logWish === 'off' ? 'off' : 'metadata';
  return conduct({ ...exchange, logWish }, shapes[exchange.shape], sequence, ports, (conducted) =>
    answer(conducted, ports),
  );
}

async function answer(given: Conducted, ports: PipelinePorts): Promise<JourneyEnd> {
  const { shape, relay, record } = given;
  const render = shape.renderTokenCount;
  if (render === null) throw failed('not_found', remark('no-token-count'));
  const scanned = scanBody(given.exchange.body);
  const facts = shape.readRequest(scanned, given.exchange.path);
  record.asked(facts.model, false, scanned.members.tools !== undefined);
  // Counting may send the whole of it, too.
  const { conducted, body, read } = await readGuarded(given, scanned, facts, ports);
  const { exchange } = conducted;

  const { model, streamed } = facts;
  const { groups, snapshot } = await findWay(
    conducted,
    { model, streamed, members: body.members, read: read.canonical, looksOnly: true },
    ports,
  );
  const { warn } = record;
  const translator = createTranslator({ exchange, shape, body, facts, read, warn }, ports);
  const asked: Preparing = { exchange, shape, body, facts, warn, translator };
  const usable = groups.flatMap((group) => {
    const provider = snapshot.providers.get(group.provider);
    const fit = provider !== undefined && hasFitKey(group, provider, record.ledger, ports);
    return fit ? [{ group, provider }] : [];
  });
  const [first] = usable;
  const counter = first === undefined ? undefined : counterOf(first.provider, shape);
  if (first !== undefined && counter !== undefined) {
    const end = await askProvider({ conducted, asked, ...first, render }, counter, snapshot.retries, ports);
    if (end !== null) return end;
  }
  const { texts, tokens } = promptText(translator.request());
  const counted = tokens + (await ports.tokens.estimateTokens(texts));
  const head = { 'content-type': 'application/json', 'x-request-id': exchange.id, ...ESTIMATE };
  relay.answer(200, head, render(counted));
  return relay.left === 'no'
    ? { kind: 'delivered', facts: NO_FACTS }
    : { kind: 'client-left', facts: NO_FACTS };
}
