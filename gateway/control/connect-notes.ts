/** What is worth knowing before an order is done, in sentences. */
import type { Config } from '../../contract/config/schema.ts';
import type { OrderInput, Plan } from '../connect/connector.ts';
import { isLoopbackHost } from '../core/loopback.ts';
import { leadsSomewhere, match } from '../routing/match.ts';
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
): readonly string[] {
  const { definition, record, drift } = plan.look;
  const { name } = definition;
  const notes = plan.files.flatMap(({ found }) =>
    found.target === null
      ? []
      : [`${connect.shown(found.path)} is a link; ${connect.shown(found.target)} is written.`],
  );
  if (order.does === 'silence') {
    return [
      ...notes,
      'Terminals and programs that run already keep the variable until they are started anew.',
    ];
  }
  notes.push(...clientNotes(tool, client, order.does === 'connect' && !order.ownKey, config()));
  if (order.does === 'remove' && record === undefined) {
    notes.push(`The gateway wrote nothing into the files of ${name}, so there is nothing to take out.`);
  }
  if (order.does === 'remove' && drift.length > 0) {
    notes.push(`Changed by somebody else since, and so left as it is: ${drift.join(', ')}.`);
  }
  if (order.does !== 'connect') return notes;
  notes.push(...(definition.notes ?? []));
  for (const [slot, model] of Object.entries({ ...plan.look.reading?.models, ...wiring.models })) {
    if (model === null || model === '' || isServed(model, routing())) continue;
    notes.push(`Nothing serves ${model} (${slot}) at the moment.`);
  }
  for (const { variable, file, line } of strangers(plan.look, wiring.address)) {
    const where = file === null ? "in the gateway's environment" : `in ${connect.shown(file)}, line ${line}`;
    notes.push(`${variable} is set ${where}; where ${name} sees it, it stands above this file.`);
  }
  if (plan.files.length > 0)
    notes.push(`${name} reads its settings when it starts: start it anew afterwards.`);
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
): readonly string[] {
  switch (does) {
    case 'add': {
      const others = demandsKeys(config)
        ? 'Others bring their keys as before.'
        : 'No other tool is asked for a key because of it.';
      return [`A client ${tool} with a key of its own is added to the configuration. ${others}`];
    }
    case 'remove':
      return [`The client ${tool} goes from the configuration, and with it its key.`];
    case 'keep-named':
      return [`The client ${tool} stays in the configuration, because a rule or a budget names it.`];
    case 'nothing':
      return commonKey && demandsKeys(config) && config.server.api_key === ''
        ? [
            'The gateway asks for a client key and has no common one (server.api_key), so it will refuse this tool.',
          ]
        : [];
  }
}

/** As the guard of the data plane sees it. */
const demandsKeys = ({ server, clients }: Config): boolean =>
  server.api_key !== '' ||
  clients.some(({ optional }) => optional !== true) ||
  (!isLoopbackHost(server.host) && !server.allow_unauthenticated);
