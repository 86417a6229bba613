/** Counts the tokens of an answer whose provider did not, once the client has it. */
import type { TokenCounts } from '../../contract/log/row.ts';
import { promptText } from '../core/canonical/prompt-text.ts';
import { decodeText, isObject, parseJson } from '../core/json.ts';
import { scanBody } from '../core/scan-body.ts';
import { answerText } from './answer-text.ts';
import type { Conducted } from './conduct.ts';
import type { JourneyEnd } from './failover.ts';
import type { PipelinePorts } from './ports.ts';

/** Bytes of a request that are parsed for it. Of larger ones nothing is said: they hold mostly pictures. */
const MOST_BYTES = 4_194_304;

/** Never rejects. Where the row lacks counts and they can be estimated, it is written again with them. */
export async function estimateUsage(
  { exchange, shape, relay, record }: Conducted,
  end: JourneyEnd,
  ports: PipelinePorts,
): Promise<void> {
  if (!('facts' in end) || end.facts.usage !== null) return;
  const answered = relay.status !== null && relay.status < 300 && relay.body.bytes > 0;
  const capture = relay.body.take('', 0);
  if (!answered || capture === null || exchange.body.length > MOST_BYTES) return;
  try {
    const value = parseJson(decodeText(exchange.body));
    if (!isObject(value)) return;
    const facts = shape.readRequest(scanBody(exchange.body), exchange.path);
    const prompt = promptText(shape.decodeRequest(value, facts, () => undefined));
    const answer = answerText(shape, capture);
    const [asked, said, thought] = await Promise.all([
      ports.tokens.estimateTokens(prompt.texts),
      ports.tokens.estimateTokens([answer.said]),
      ports.tokens.estimateTokens([answer.thought]),
    ]);
    const reasoning = Math.round(thought * answer.scale);
    const output = Math.round(said * answer.scale) + reasoning;
    const counts: TokenCounts = {
      input: prompt.tokens + asked,
      cacheRead: 0,
      cacheWrite: 0,
      output,
      reasoning,
    };
    record.estimated(counts);
  } catch (error) {
    // A relayed request may hold what only its own provider reads; a number is not worth an error.
    ports.logger.debug('tokens could not be estimated', {
      request: exchange.id,
      error: ports.redact(String(error)),
    });
  }
}
