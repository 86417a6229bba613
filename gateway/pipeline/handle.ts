/** The story of one chat request, top to bottom (DESIGN section 2). */
import type { Exchange } from '../core/exchange.ts';
import { scanBody } from '../core/scan-body.ts';
import { shapes } from '../dialects/index.ts';
import { prefer } from '../routing/affinity.ts';
import { CACHEABLE_BYTES, conversationOf } from './affinity.ts';
import { travelCached } from './caching.ts';
import { admitClient } from './client-limits.ts';
import { conduct, type Conducted } from './conduct.ts';
import { handleCount } from './count.ts';
import { estimateUsage } from './estimate-usage.ts';
import type { JourneyEnd } from './failover.ts';
import { findWay } from './find-way.ts';
import { isJob } from './job.ts';
import type { PipelinePorts } from './ports.ts';
import { prepareCall, type Preparing } from './prepare.ts';
import { readGuarded } from './read-guarded.ts';
import { createTranslator } from './translation/translator.ts';

/** Answers one chat request. Never rejects; the response has ended, or its client has left, when it resolves. */
export async function handleChat(exchange: Exchange, sequence: number, ports: PipelinePorts): Promise<void> {
  if (exchange.operation === 'count') return handleCount(exchange, sequence, ports);
  const ended: { readonly conducted: Conducted; readonly end: JourneyEnd }[] = [];
  await conduct(exchange, shapes[exchange.shape], sequence, ports, async (conducted) => {
    const end = await answer(conducted, ports);
    ended.push({ conducted, end });
    return end;
  });
  for (const { conducted, end } of ended) {
    await estimateUsage(conducted, end, ports);
    conducted.record.uncountable();
    await conducted.record.charged;
  }
}

async function answer(asked: Conducted, ports: PipelinePorts): Promise<JourneyEnd> {
  const { shape, record } = asked;
  const scanned = scanBody(asked.exchange.body);
  const facts = shape.readRequest(scanned, asked.exchange.path);
  record.asked(facts.model, facts.streamed, scanned.members.tools !== undefined);
  record.begin();
  admitClient(asked, ports);
  const { conducted, body, read } = await readGuarded(asked, scanned, facts, ports);
  const { exchange } = conducted;

  const { groups, snapshot, byComplexity, names } = await findWay(
    conducted,
    { model: facts.model, streamed: facts.streamed, members: body.members, read: read.canonical },
    ports,
  );
  const { warn } = record;
  const translator = createTranslator({ exchange, shape, body, facts, read, warn }, ports);
  const preparing: Preparing = { exchange, shape, body, facts, warn, translator };
  const conversation = conversationOf(
    { headers: exchange.request.headers, client: exchange.client?.id ?? null },
    body,
    ports.affinity,
    byComplexity,
    () => ports.clock.monotonic(),
  );
  const choice = groups.length > 1 || (groups[0]?.count ?? 0) > 1;
  const cacheable = choice && exchange.body.length >= CACHEABLE_BYTES;
  return travelCached(
    read,
    facts,
    conducted,
    {
      groups: choice ? prefer(groups, conversation.preference()) : groups,
      names,
      snapshot,
      streamed: facts.streamed,
      job: isJob(exchange.shape, body),
      prepare: (group, provider, key, repair) => prepareCall(preparing, group, provider, key, repair),
      delivered({ reading, relayed, endpoint: { dialect } }, group, provider, key, facts) {
        // To name a conversation costs more than all else here, and most are neither signed nor long.
        const signed = reading.signed?.() ?? false;
        const may = dialect.tellsSigned === true ? facts.signed === true : dialect.signatures.length > 0;
        if (!signed && !cacheable && !(relayed && may)) return;
        conversation.served(
          { provider: provider.id, model: group.model, key: key.id },
          signed,
          relayed ? facts.keptAs : undefined,
        );
      },
    },
    ports,
  );
}
