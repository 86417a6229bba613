/** Counts the tokens of an answer whose provider did not, once the client has it. */
import { promptText } from '../core/canonical/prompt-text.ts';
import { GatewayError } from '../core/errors.ts';
import { decodeText, isObject, parseJson } from '../core/json.ts';
import { scanBody } from '../core/scan-body.ts';
import { isCounted } from '../core/usage.ts';
import { answerText } from './answer-text.ts';
import type { Conducted } from './conduct.ts';
import type { JourneyEnd } from './failover.ts';
import type { PipelinePorts } from './ports.ts';
import { weighBody } from './weigh-body.ts';

/** Bytes of a request that are parsed and counted; longer ones would hold others up, and are weighed as they are. */
const MOST_BYTES = 4_194_304;

/** Never rejects. Where the row lacks counts and they can be estimated, it is written again with them. */
export async function estimateUsage(
  conducted: Conducted,
  end: JourneyEnd,
  ports: PipelinePorts,
): Promise<void> {
  if (!('facts' in end) || isCounted(end.facts)) return;
  const { exchange, shape, relay, record } = conducted;
  const { usage } = end.facts;
  const answered = relay.status !== null && relay.status < 300 && relay.body.bytes > 0;
  const capture = relay.body.take('', 0);
  if (!answered || capture === null) return;
  try {
    const answer = answerText(shape, capture);
    const [input, said, thought] = await Promise.all([
      usage?.input ?? promptTokens(conducted, ports),
      ports.tokens.estimateTokens([answer.said]),
      ports.tokens.estimateTokens([answer.thought]),
    ]);
    const reasoning = Math.round(thought * answer.scale);
    const output = Math.round(said * answer.scale) + reasoning;
    record.estimated({
      input,
      cacheRead: usage?.cacheRead ?? 0,
      cacheWrite: usage?.cacheWrite ?? 0,
      output: Math.max(output, usage?.output ?? 0),
      reasoning: Math.max(reasoning, usage?.reasoning ?? 0),
    });
  } catch (error) {
    ports.logger.debug('tokens could not be estimated', {
      request: exchange.id,
      error: ports.redact(String(error)),
    });
  }
}

/** A relayed request may hold what only its own provider reads: then its bytes have to tell. */
async function promptTokens({ exchange, shape }: Conducted, ports: PipelinePorts): Promise<number> {
  const { body, path } = exchange;
  if (body.length > MOST_BYTES) return weighBody(body);
  const value = parseJson(decodeText(body));
  if (!isObject(value)) return weighBody(body);
  try {
    const facts = shape.readRequest(scanBody(body), path);
    const { texts, tokens } = promptText(shape.decodeRequest(value, facts, () => undefined));
    return tokens + (await ports.tokens.estimateTokens(texts));
  } catch (error) {
    if (error instanceof GatewayError) return weighBody(body);
    throw error;
  }
}
