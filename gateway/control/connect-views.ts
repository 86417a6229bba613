/** Tools as user interfaces see them. Pure. */
import type { Config } from '../../contract/config/schema.ts';
import type { ToolView } from '../../contract/rpc/procedures/connect.ts';
import type { LookedTool } from '../connect/connector.ts';
import { masked } from '../connect/mask.ts';
import { told } from '../connect/sayings.ts';
import { addressIn, isOurs } from '../connect/state.ts';
import type { ToolDefinition } from '../connect/tool.ts';
import type { Activity } from './connect-activity.ts';
import type { ControlPorts } from './ports.ts';

export function toolView(
  look: LookedTool,
  activity: Activity,
  { connect, config }: Pick<ControlPorts, 'connect' | 'config'>,
): ToolView {
  const { definition, files, reading, drift, record, copies } = look;
  const { id, name, kind, dialect, slots, unreachable } = definition;
  const address = connect.address();
  const problems = unreachable === null ? look.problems : [told(unreachable)];
  return {
    id,
    name,
    kind,
    dialect,
    state: look.state(address),
    files: files.map(({ found }) => connect.shown(found.path)),
    address: reading?.address ?? null,
    slots: slots.map((slot) => ({ ...slot, current: reading?.models[slot.id] ?? null })),
    problems,
    drift,
    overrides: strangers(look, address).map(({ variable, value, file, line }) => ({
      variable,
      shown: addressIn(value) ?? masked(value),
      file: file === null ? null : connect.shown(file),
      line,
    })),
    backups: copies.map((copy) => ({ ...copy, of: connect.shown(copy.of) })),
    client: clientOfTool(look, config()),
    writtenAt: record?.writtenAt ?? null,
    ...activity,
  };
}

/** Variables that lead elsewhere; one that leads here does no harm. */
export const strangers = ({ overrides }: LookedTool, address: string): LookedTool['overrides'] =>
  overrides.filter(({ value }) => !isOurs(value, address));

/** The client whose key a tool's files bring. */
export const clientOfTool = ({ reading }: LookedTool, { clients }: Pick<Config, 'clients'>): string | null =>
  clients.find(({ key }) => key === reading?.key)?.id ?? null;

/** Of a tool whose files are out of reach. */
export const emptyView = ({ id, name, kind, dialect, slots, unreachable }: ToolDefinition): ToolView => ({
  id,
  name,
  kind,
  dialect,
  state: unreachable === null ? 'by-hand' : 'unreachable',
  files: [],
  address: null,
  slots: slots.map((slot) => ({ ...slot, current: null })),
  problems: unreachable === null ? [] : [told(unreachable)],
  drift: [],
  overrides: [],
  backups: [],
  client: null,
  writtenAt: null,
  lastRequestAt: null,
  requestsToday: 0,
});
