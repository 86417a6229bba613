/**
 * What answers in OpenAI's words, chat and responses, tell of money: parts of the counts with prices of their own,
 * the tier of service, web searches, and the provider's own figure where there is one.
 */
import { isArray, isObject, type JsonObject } from './json.ts';
import { isCount, type ResponseFacts, type UsageDetails } from './usage.ts';

export type Billing = Pick<ResponseFacts, 'cost' | 'details'>;

const NONE: Billing = {};
const PLAIN_TIERS: readonly unknown[] = ['default', 'auto', 'standard', 'on_demand'];
/** xAI counts in ten-thousandths of a millionth of a dollar (recorded: 1,466,250 for $0.000146625). */
const TICKS = 1e10;

/** @param answer a whole answer, a chunk with counts, or the response object of an event */
export function readBilling(answer: JsonObject): Billing {
  const { usage } = answer;
  if (!isObject(usage)) return NONE;
  const cost = readCost(usage);
  const details = readDetails(answer, usage);
  if (cost === undefined && details === undefined) return NONE;
  return { ...(cost === undefined ? {} : { cost }), ...(details === undefined ? {} : { details }) };
}

/** US dollars. */
function readCost(usage: JsonObject): number | undefined {
  const { cost } = usage;
  const ticks = amount(usage['cost_in_usd_ticks']);
  if (ticks !== undefined) return ticks / TICKS;
  // Perplexity tells the parts of it as well.
  if (isObject(cost)) return amount(cost['total_cost']);
  const charged = amount(cost);
  if (charged === undefined || usage['is_byok'] !== true) return charged;
  // OpenRouter with a key of the user's own at the provider: that one takes its money itself (recorded).
  const upstream = isObject(usage['cost_details'])
    ? amount(usage['cost_details']['upstream_inference_cost'])
    : 0;
  return charged + (upstream ?? 0);
}

function readDetails(answer: JsonObject, usage: JsonObject): UsageDetails | undefined {
  const { service_tier: tier } = answer;
  const read = within(usage, 'prompt_tokens_details', 'input_tokens_details', 'input_token_details');
  const written = within(usage, 'completion_tokens_details', 'output_tokens_details');
  const found: UsageDetails = {
    ...part('audioInput', read['audio_tokens']),
    ...part('audioOutput', written['audio_tokens']),
    ...part('imageInput', read['image_tokens']),
    ...part('imageOutput', written['image_tokens']),
    ...part('webSearches', searchesIn(answer, usage)),
    ...(typeof tier === 'string' && !PLAIN_TIERS.includes(tier) ? { serviceTier: tier } : {}),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

/** The provider's own count where it has one (OpenAI, OpenRouter, Perplexity), else the searches of a response. */
function searchesIn({ tool_usage: tools, output }: JsonObject, usage: JsonObject): unknown {
  const own =
    memberOf(memberOf(tools, 'web_search'), 'num_requests') ??
    memberOf(usage['server_tool_use'], 'web_search_requests') ??
    usage['num_search_queries'];
  return own ?? (isArray(output) ? output.filter(isSearch).length : undefined);
}

/** Pages that are opened and read cost nothing apart. Source: OpenAI, "Web search": search actions are charged. */
function isSearch(item: unknown): boolean {
  if (!isObject(item) || item['type'] !== 'web_search_call' || item['status'] !== 'completed') return false;
  const action = memberOf(item['action'], 'type');
  return action === undefined || action === 'search';
}

const memberOf = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

/** @param names of chat, of responses and pictures, of transcriptions */
function within(usage: JsonObject, ...names: readonly string[]): JsonObject {
  return names.map((name) => usage[name]).find(isObject) ?? {};
}

function part(name: keyof UsageDetails, value: unknown): UsageDetails {
  const count = amount(value);
  return count === undefined || count === 0 ? {} : { [name]: Math.round(count) };
}

const amount = (value: unknown): number | undefined => (isCount(value) ? value : undefined);
