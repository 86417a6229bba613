/** A dry run: what would be done with a request now, by the very code that does it. */
import type { RuleConfig } from '../../contract/config/routing.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { ExplainedRule, Explanation } from '../../contract/rpc/procedures/routing.ts';
import type { CanonicalRequest } from '../core/canonical/request.ts';
import { toldError } from '../core/told-error.ts';
import { GatewayError } from '../core/errors.ts';
import { decodeText, isObject, parseJson } from '../core/json.ts';
import { scanBody, type ScannedBody } from '../core/scan-body.ts';
import { shapes } from '../dialects/index.ts';
import { conversationOf } from '../pipeline/affinity.ts';
import { appName } from '../pipeline/app-name.ts';
import { searchFor, type Search } from '../pipeline/find-way.ts';
import { refusal } from '../pipeline/find-targets.ts';
import { tryGuards } from '../pipeline/guarding.ts';
import { matchError } from '../pipeline/match-error.ts';
import { prefer } from '../routing/affinity.ts';
import { routingRule } from '../routing/build.ts';
import { plan } from '../routing/plan.ts';
import { route, type Routed } from '../routing/route.ts';
import { failedCondition } from '../routing/rules.ts';
import type { RoutingSnapshot } from '../routing/snapshot.ts';
import { bodyRefused } from './body-refused.ts';
import { exclusions } from './explain-exclusions.ts';
import { explainedClient, explainedSpending } from './explain-limits.ts';
import { explainedPlace } from './explain-places.ts';
import type { ControlPorts } from './ports.ts';

export type ExplainPorts = Pick<
  ControlPorts,
  'config' | 'routing' | 'health' | 'dryRun' | 'memoryKeys' | 'budgets' | 'clients'
>;
type Request = Parameters<Handlers['routing.explain']>[0];

export function explainHandlers(ports: ExplainPorts): Pick<Handlers, 'routing.explain'> {
  return { 'routing.explain': (request) => explain(request, ports) };
}

async function explain(request: Request, ports: ExplainPorts): Promise<Explanation> {
  const { snapshot, affinity, clock } = ports.dryRun;
  const { model, streamed, body, read } = readFrom(request);
  const headers = request.headers ?? {};
  const from = { client: request.client ?? null, app: appName(headers['user-agent']), headers };
  const asking = { model, streamed, members: body.members, read, looksOnly: true };
  const search = searchFor(asking, { ...from, bytes: body.bytes }, ports.dryRun);
  const { asked, choices, tokens, need, told } = search;
  const rules = request.rules ?? ports.config().rules;
  const { routing: inForce } = snapshot();
  const routing = request.rules === undefined ? inForce : { ...inForce, rules: rules.map(routingRule) };
  const refused = refusal(asked, ports.dryRun);
  const routed = route(asked, routing, choices);
  const { found } = routed;
  const groups =
    found.kind === 'targets' && refused === undefined ? plan(found.targets, routing, choices, need) : [];
  const moving = search.complexity() !== undefined;
  const preference = conversationOf(from, body, affinity, moving, () => clock.monotonic()).preference();
  const names = [asked.model, ...(routed.rule === null ? [] : [routed.rule.model])];
  const { budgets, check } = explainedSpending(names, from.client, groups, ports);
  const client = explainedClient(from.client, ports);
  // Of a request of which only the model is known there is nothing to look into.
  const guarded =
    request.body === undefined
      ? { found: [], error: undefined }
      : await tryGuards(body.bytes, read, ports.dryRun);
  const error =
    client?.error ??
    guarded.error ??
    refused ??
    (found.kind === 'targets' ? check.error : matchError(found, snapshot()));
  return {
    modelAsked: asked.model,
    rules: explainedRules(routed, search, routing.rules, rules),
    aliases: told.map(({ alias, strategy, order }) => ({
      alias,
      strategy,
      order: order.map(({ target, because, figure }) => ({ model: target.model, because, figure })),
    })),
    complexity: search.complexity() ?? null,
    tokens: tokens(),
    kept: preference?.origin ?? null,
    places: prefer(groups, preference).map((group) => {
      const place = explainedPlace(group, ports);
      const closed = check.closed.get(group.provider);
      return closed === undefined ? place : { ...place, usable: false, closedBy: closed.rule.id };
    }),
    excluded: exclusions(told, groups, ports),
    budgets,
    guards: guarded.found.map(({ number, name, action }) => ({ number, name, action })),
    client: client?.told ?? null,
    error: error === undefined ? null : { code: error.code, message: error.message, told: error.told },
  };
}

export interface ReadFrom {
  readonly model: string;
  readonly streamed: boolean;
  readonly body: ScannedBody;
  /** @param body another one in its place, of the same format */
  readonly read: (body?: Uint8Array) => CanonicalRequest;
}

/** @throws RpcError where the request could not even be looked at */
export function readFrom({
  format,
  model,
  body: text,
}: Pick<Request, 'format' | 'model' | 'body'>): ReadFrom {
  const shape = shapes[format];
  const written = text ?? JSON.stringify(format === 'gemini' ? {} : { model: model ?? '' });
  const path = { model: format === 'gemini' ? (model ?? '') : null, streamed: null, framing: 'sse' } as const;
  try {
    const body = scanBody(Buffer.from(written));
    const facts = shape.readRequest(body, path);
    return {
      model: model ?? facts.model,
      streamed: facts.streamed,
      body,
      read(bytes) {
        const value = parseJson(bytes === undefined ? written : decodeText(bytes));
        if (!isObject(value))
          throw toldError('invalid_request', 'The body must be a JSON object.', 'body-no-object');
        return shape.decodeRequest(value, facts, () => undefined);
      },
    };
  } catch (error) {
    if (error instanceof GatewayError) throw bodyRefused(error, 'body');
    throw error;
  }
}

function explainedRules(
  { rule: decided }: Routed,
  { asked }: Search,
  rules: RoutingSnapshot['rules'],
  written: readonly RuleConfig[],
): readonly ExplainedRule[] {
  return rules.map((rule, index) => {
    const { number, model } = rule;
    const told = { number, model, name: written[index]?.name ?? null };
    if (!rule.enabled) return { ...told, verdict: 'off', condition: null };
    if (decided !== null && number > decided.number) {
      return { ...told, verdict: 'not-reached', condition: null };
    }
    if (number === decided?.number) return { ...told, verdict: 'applies', condition: null };
    const condition = failedCondition(rule, asked) ?? null;
    return { ...told, verdict: condition === null ? 'leads-nowhere' : 'condition-fails', condition };
  });
}
