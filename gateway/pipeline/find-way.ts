/** Where a request goes: rules, aliases, keys, in the order to try them; told to its log row. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { RoutingRecord } from '../../contract/log/row.ts';
import type { CanonicalRequest } from '../core/canonical/request.ts';
import { GatewayError } from '../core/errors.ts';
import type { ScannedBody } from '../core/scan-body.ts';
import { failed } from '../core/failed.ts';
import type { Asked } from '../routing/asked.ts';
import { complexityOf, NO_COMPLEXITY, type Complexity } from '../routing/complexity.ts';
import type { AliasChoice, Choices } from '../routing/choices.ts';
import type { TokenNeed } from '../routing/limits.ts';
import { aliasHits } from '../routing/memory.ts';
import { plan, type PlanGroup } from '../routing/plan.ts';
import type { RoutingSnapshot } from '../routing/snapshot.ts';
import { askedOf, type AskedFrom } from './asked.ts';
import { choicesFor } from './choices.ts';
import type { Conducted } from './conduct.ts';
import { findTargets } from './find-targets.ts';
import type { PipelinePorts } from './ports.ts';
import type { RuntimeSnapshot } from './runtime-snapshot.ts';
import { needOf, tokensOf } from './size.ts';

/** What a request asks for. */
export interface Asking {
  /** Empty where the client named none. */
  readonly model: string;
  readonly streamed: boolean;
  /** Null where the body is no chat. */
  readonly members: ScannedBody['members'] | null;
  /** The chat in no dialect's words; null where it is none. */
  readonly read: (() => CanonicalRequest) | null;
  /** It only wants to know something about a request that may follow: no turn is taken, no rule's hit counted. */
  readonly looksOnly?: boolean;
}

export interface Way {
  readonly groups: readonly PlanGroup[];
  readonly snapshot: RuntimeSnapshot;
  /** The request's own difficulty chose the target: an earlier one of the same conversation says nothing. */
  readonly byComplexity: boolean;
  /** What was asked for, and what a rule made of it. */
  readonly names: readonly string[];
}

/** Characters of a model's name; paths of files on the machine of a local server are the longest there are. */
const LONGEST_MODEL = 500;

/** @throws GatewayError for a name nobody has: what was learnt of a model is kept by its name */
export async function findWay(
  { exchange, relay, record }: Conducted,
  asking: Asking,
  ports: PipelinePorts,
): Promise<Way> {
  if (asking.model.length > LONGEST_MODEL) {
    const told = remark('model-name-long', { most: LONGEST_MODEL, found: asking.model.length });
    throw failed('invalid_request', told, { field: 'model' });
  }
  const { client, request, body } = exchange;
  const from = { client: client?.id ?? null, app: record.app, headers: request.headers, bytes: body };
  const search = searchFor(asking, from, ports);
  const { asked, choices, told, complexity, need } = search;
  const { rule, targets } = await findTargets(asked, choices, relay, record.warn, ports);
  if (asking.looksOnly !== true) {
    if (rule !== null) ports.memory.hits.hit(rule.hits);
    countAliases(told, ports);
  }
  record.routed(
    rule === null && told.length === 0
      ? null
      : {
          rule: rule === null ? null : { number: rule.number, model: rule.model },
          aliases: told.map(firstOf),
          complexity: complexity() ?? null,
        },
  );
  const snapshot = ports.snapshot();
  return {
    groups: plan(targets, snapshot.routing, choices, need),
    snapshot,
    byComplexity: complexity() !== undefined,
    names: [asked.model, ...(rule === null ? [] : [rule.model])],
  };
}

/** All that a choice of places goes by, made ready; a dry run makes the same. */
export interface Search {
  readonly asked: Asked;
  readonly choices: Choices;
  /** The aliases met on the way; filled while the way is looked for. */
  readonly told: readonly AliasChoice[];
  /** Undefined where nothing has asked for it. */
  readonly complexity: () => Complexity | undefined;
  /** Of the question, about. */
  readonly tokens: () => number;
  /** What counts under limits. */
  readonly need: () => TokenNeed;
}

export function searchFor(
  { model, streamed, members, read, looksOnly = false }: Asking,
  from: Pick<AskedFrom, 'client' | 'app' | 'headers' | 'bytes'>,
  ports: Pick<PipelinePorts, 'random' | 'slots' | 'memory' | 'snapshot' | 'clock'>,
): Search {
  const { routing } = ports.snapshot();
  const told: AliasChoice[] = [];
  const complexity = complexityFor(read, routing);
  const { bytes } = from;
  const tokens = read === null ? () => Math.ceil(bytes.length / 4) : tokensOf(bytes, read);
  const choices = choicesFor(
    {
      streamed,
      tokens,
      complexity: () => complexity.get().score,
      looksOnly,
      told: (choice) => void told.push(choice),
    },
    ports,
  );
  const asked = askedOf({ model, members, ...from }, routing.defaultModel, () => ports.clock.wall());
  return { asked, choices, told, complexity: complexity.known, tokens, need: needOf(tokens, read) };
}

/** Once each, though stale lists were asked again on the way. */
function countAliases(told: readonly AliasChoice[], { memory }: Pick<PipelinePorts, 'memory'>): void {
  const [only] = told;
  if (only !== undefined && told.length === 1) return memory.hits.hit(aliasHits(only.alias));
  for (const alias of new Set(told.map((choice) => choice.alias))) memory.hits.hit(aliasHits(alias));
}

function firstOf({ alias, strategy, order }: AliasChoice): RoutingRecord['aliases'][number] {
  const [first] = order;
  return {
    alias,
    strategy,
    first: first?.target.model ?? '',
    because: first?.because ?? 'written',
    figure: first?.figure ?? null,
  };
}

/** Looked at once, and only when an alias goes by it. A request that cannot be read is taken for a trivial one. */
function complexityFor(
  read: (() => CanonicalRequest) | null,
  routing: RoutingSnapshot,
): { readonly get: () => Complexity; readonly known: () => Complexity | undefined } {
  let known: Complexity | undefined;
  const look = (): Complexity => {
    if (read === null) return NO_COMPLEXITY;
    try {
      return complexityOf(read(), routing.complexity);
    } catch (error) {
      if (error instanceof GatewayError) return NO_COMPLEXITY;
      throw error;
    }
  };
  return { get: () => (known ??= look()), known: () => known };
}
