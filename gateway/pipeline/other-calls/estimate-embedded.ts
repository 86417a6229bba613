/** Counts what was embedded where its provider did not, as Gemini never does, once the client has its answer. */
import type { Conducted } from '../conduct.ts';
import type { JourneyEnd } from '../failover.ts';
import type { PipelinePorts } from '../ports.ts';
import { BYTES_PER_TOKEN } from '../size.ts';
import { embeddedTexts, type EmbeddedTexts } from './embedded-texts.ts';

/** Bytes of a request whose texts are looked for; longer ones are taken by their length. */
const MOST_BYTES = 4_194_304;

const tokensOf = async ({ texts, tokens }: EmbeddedTexts, ports: PipelinePorts): Promise<number> =>
  tokens + (await ports.tokens.estimateTokens(texts));

/** Never rejects. The row is written again with the estimate. */
export async function estimateEmbedded(
  { exchange, relay, record }: Conducted,
  end: JourneyEnd,
  ports: PipelinePorts,
): Promise<void> {
  const uncounted = end.kind === 'delivered' && end.facts.usage === null;
  if (!uncounted || relay.status === null || relay.status > 299) return;
  const { body } = exchange;
  try {
    const input =
      body.length > MOST_BYTES
        ? Math.ceil(body.length / BYTES_PER_TOKEN)
        : await tokensOf(embeddedTexts(body), ports);
    record.estimated({ input, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 });
  } catch (error) {
    ports.logger.debug('tokens could not be estimated', {
      request: exchange.id,
      error: ports.redact(String(error)),
    });
  }
}
