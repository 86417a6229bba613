/** What is worth knowing before an order is done. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { Config } from '../../contract/config/schema.ts';
import type { OrderInput, Plan } from '../connect/connector.ts';
import { told } from '../connect/sayings.ts';
import { isLoopbackHost } from '../core/loopback.ts';
import { match } from '../routing/match.ts';
import { leadsSomewhere } from '../routing/resolve.ts';
import { nameMatches } from '../routing/pattern.ts';
import type { RoutingSnapshot } from '../routing/snapshot.ts';
import type { ToolClientChange } from './connect-clients.ts';
import { strangers } from './connect-views.ts';
import type { ControlPorts } from './ports.ts';

type NotePorts = Pick<ControlPorts, 'config' | 'routing' | 'connect'>;

export function planNotes(
  { tool, order, wiring }: OrderInput,
  plan: Plan,
  client: ToolClientChange,
  { config, routing, connect }: NotePorts,
): readonly Told[] {
  const { definition, record, drift } = plan.look;
  const { name } = definition;
  const notes = plan.files.flatMap(({ found }) =>
    found.target === null
      ? []
      : [told('link', { path: connect.shown(found.path), target: connect.shown(found.target) })],
  );
  if (order.does === 'silence') {
    return [...notes, told('silenced')];
  }
  notes.push(...clientNotes(tool, client, order.does === 'connect' && !order.ownKey, config()));
  if (order.does === 'remove' && record === undefined) {
    notes.push(told('nothing-written', { name }));
  }
  if (order.does === 'remove' && drift.length > 0) {
    notes.push(told('left', { places: drift.join(', ') }));
  }
  if (order.does !== 'connect') return notes;
  notes.push(...(definition.notes ?? []).map((note) => told(note)));
  for (const [slot, model] of Object.entries({ ...plan.look.reading?.models, ...wiring.models })) {
    if (model === null || model === '' || isServed(model, routing())) continue;
    notes.push(told('unserved', { model, slot }));
  }
  for (const { variable, file, line } of strangers(plan.look, wiring.address)) {
    notes.push(
      file === null
        ? told('override-here', { variable, name })
        : told('override-file', { variable, name, file: connect.shown(file), line }),
    );
  }
  for (const { variable, file, line } of plan.look.ledElsewhere) {
    notes.push(told('folder-elsewhere', { variable, name, file: connect.shown(file ?? ''), line }));
  }
  if (plan.files.length > 0) notes.push(told('restart', { name }));
  return notes;
}

/** By its name, or because a rule may put another in its place. */
const isServed = (model: string, snapshot: RoutingSnapshot): boolean =>
  match(model, snapshot).kind === 'targets' ||
  snapshot.rules.some(
    ({ enabled, when, model: instead }) =>
      enabled &&
      when.every((check) => check.on !== 'model' || nameMatches(check.is, model)) &&
      leadsSomewhere(instead, snapshot),
  );

function clientNotes(
  tool: string,
  { does }: ToolClientChange,
  commonKey: boolean,
  config: Config,
): readonly Told[] {
  switch (does) {
    case 'add':
      return [told(demandsKeys(config) ? 'client-added' : 'client-added-open', { client: tool })];
    case 'remove':
      return [told('client-goes', { client: tool })];
    case 'keep-named':
      return [told('client-stays', { client: tool })];
    case 'keep-changed':
      return [told('client-other-key', { client: tool })];
    case 'nothing':
      return commonKey && demandsKeys(config) && config.server.api_key === '' ? [told('no-common-key')] : [];
  }
}

/** As the guard of the data plane sees it. */
const demandsKeys = ({ server, clients }: Config): boolean =>
  server.api_key !== '' ||
  clients.some(({ optional }) => optional !== true) ||
  (!isLoopbackHost(server.host) && !server.allow_unauthenticated);
