/** The story of one call that is no chat. It goes the way of chat, but its answer is hardly looked at. */
import type { OtherCall } from '../../core/other-call.ts';
import type { ServedPath } from '../../core/provider.ts';
import type { RuntimeProvider } from '../../core/runtime-provider.ts';
import { shapes } from '../../dialects/index.ts';
import type { PlanGroup } from '../../routing/plan.ts';
import { conduct, type Conducted } from '../conduct.ts';
import type { JourneyEnd } from '../failover.ts';
import { admitClient } from '../client-limits.ts';
import { findWay } from '../find-way.ts';
import { guardTexts } from '../guarding.ts';
import type { PipelinePorts } from '../ports.ts';
import type { PreparedCall } from '../prepare.ts';
import type { RuntimeSnapshot } from '../runtime-snapshot.ts';
import { travelPaid } from '../spending.ts';
import { geminiRelay, geminiToOpenAi, openAiToGemini, type EmbedOptions } from './embed-call.ts';
import { estimateEmbedded } from './estimate-embedded.ts';
import { readOtherBody, type OtherBody } from './other-body.ts';
import { passThrough } from './pass-through.ts';
import { geminiEndpoint, notServed, openaiEndpoint } from './served.ts';

/** Never rejects; the response has ended, or its client has left, when it resolves. */
export async function handleOther(call: OtherCall, sequence: number, ports: PipelinePorts): Promise<void> {
  const { exchange, kind } = call;
  const ended: { readonly conducted: Conducted; readonly end: JourneyEnd }[] = [];
  await conduct(exchange, shapes[exchange.shape], sequence, ports, async (conducted) => {
    const end = await answer(call, conducted, ports);
    ended.push({ conducted, end });
    return end;
  });
  for (const { conducted, end } of ended) {
    if (servedBy(kind) === 'embeddings') await estimateEmbedded(conducted, end, ports);
    conducted.record.uncountable();
  }
}

const servedBy = (kind: OtherCall['kind']): ServedPath =>
  kind.format === 'gemini' ? 'embeddings' : kind.serves;

async function answer(call: OtherCall, asked: Conducted, ports: PipelinePorts): Promise<JourneyEnd> {
  const { record } = asked;
  const given = readOtherBody(asked.exchange);
  record.asked(given.model, given.streamed, false);
  record.begin();
  admitClient(asked, ports);
  const guarded = { body: asked.exchange.body, warn: record.warn, masked: record.masked };
  const masked = await guardTexts(guarded, given.contents, ports);
  const conducted = masked === null ? asked : { ...asked, exchange: { ...asked.exchange, body: masked } };
  const body = masked === null ? given : readOtherBody(conducted.exchange);
  const { model, streamed } = body;
  const { groups, snapshot, names } = await findWay(
    conducted,
    { model, streamed, members: null, read: null },
    ports,
  );
  const end = await travelPaid(
    conducted,
    {
      groups,
      names,
      snapshot,
      streamed,
      job: servedBy(call.kind) === 'images',
      // There is no reasoning of earlier turns to be left out.
      prepare: (group, provider, _key, repair) =>
        repair ? null : prepareOther(call, body, conducted, group, provider, snapshot),
    },
    ports,
  );
  // Nobody counts the tokens of the others.
  if (servedBy(call.kind) !== 'embeddings') record.uncountable();
  return end;
}

/** @throws GatewayError `unsupported_feature` where this provider has no such call */
function prepareOther(
  { kind }: OtherCall,
  body: OtherBody,
  { exchange, shape, record }: Conducted,
  { model }: PlanGroup,
  provider: RuntimeProvider,
  snapshot: RuntimeSnapshot,
): PreparedCall {
  const serves = servedBy(kind);
  const openai = openaiEndpoint(provider, serves);
  const gemini = serves === 'embeddings' ? geminiEndpoint(provider) : undefined;
  const { warn } = record;
  const embed = (endpoint: EmbedOptions['endpoint']): EmbedOptions => {
    return { body: body.json(), asked: body.model, model, endpoint, shape, requestId: exchange.id, warn };
  };
  if (kind.format === 'gemini') {
    if (gemini !== undefined) return geminiRelay(embed(gemini), kind.batch);
    if (openai !== undefined) return geminiToOpenAi(embed(openai), kind.batch);
  } else if (openai !== undefined) {
    return {
      endpoint: openai,
      url: `${openai.baseUrl}/${kind.path}`,
      body: body.withModel(model),
      reading: passThrough(openai.dialect, shape, exchange.id),
      relayed: true,
      ...(body.formType === null ? {} : { contentType: body.formType }),
      ...(serves === 'audio' && !body.streamed ? { accept: '*/*' } : {}),
    };
  } else if (gemini !== undefined) {
    return openAiToGemini(embed(gemini));
  }
  throw notServed(provider, serves, snapshot.providers);
}
