/** A client's request in no dialect's words. */
import type { CanonicalRequest, Warn } from '../../core/canonical/request.ts';
import type { RequestFacts } from '../../core/client-shape.ts';
import { stringOf } from '../../core/json-read.ts';
import type { JsonObject } from '../../core/json.ts';
import { readInput } from './decode-input.ts';
import { readSettings } from './decode-settings.ts';
import { readTools } from './decode-tools.ts';
import { createTurns } from './turns.ts';
import { refuseStored, warnOfUnknown } from './unsupported.ts';

/**
 * @throws GatewayError `unsupported_feature` for what refers to things only OpenAI keeps, `invalid_request` for
 *   members of the wrong type
 */
export function decodeRequest(
  body: JsonObject,
  facts: RequestFacts,
  warn: Warn,
  itemOf: (id: string) => JsonObject | undefined = () => undefined,
): CanonicalRequest {
  refuseStored(body);
  warnOfUnknown(body, warn);
  const tools = readTools(body, warn);
  const turns = createTurns();
  const instructions = stringOf(body, 'instructions', '');
  const field = body['input'] === undefined && body['messages'] !== undefined ? 'messages' : 'input';
  readInput(body[field], field, { turns, tools, warn, itemOf });
  const { system, turns: said } = turns.build();
  return {
    model: facts.model,
    streamed: facts.streamed,
    system: instructions === null ? system : [{ kind: 'text', text: instructions }, ...system],
    turns: said,
    tools,
    settings: readSettings(body, tools, warn),
  };
}
