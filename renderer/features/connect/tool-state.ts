/** How tools stand, as the list and the header tell it. Pure. */
import type { ToolId, ToolState, ToolView } from '../../../contract/rpc/procedures/connect.ts';
import type { StateKind } from '../../shared/ui/state-kind.ts';

/** What is said of a tool: its state, and two that follow from its requests. */
export type ShownState =
  | ToolState
  /** Written, and no request came since. */
  | 'waiting'
  /** Set up by hand, and it called today. */
  | 'used';

const KINDS: Readonly<Record<ShownState, StateKind>> = {
  'not-found': 'off',
  'not-connected': 'off',
  elsewhere: 'left',
  connected: 'ok',
  changed: 'warning',
  broken: 'failed',
  'by-hand': 'off',
  unreachable: 'off',
  waiting: 'waiting',
  used: 'ok',
};

export function shownState(tool: ToolView): { readonly state: ShownState; readonly kind: StateKind } {
  const state = isWaiting(tool)
    ? 'waiting'
    : tool.state === 'by-hand' && tool.requestsToday > 0
      ? 'used'
      : tool.state;
  return { state, kind: KINDS[state] };
}

/** Written, and its first request is still to come. */
export const isWaiting = (tool: ToolView): boolean =>
  tool.state === 'connected' && tool.writtenAt !== null && tool.lastRequestAt === null;

/** Tools that have no file which a program may write, on any computer. */
export const BY_HAND: ReadonlySet<ToolId> = new Set(['open-webui', 'langchain', 'cursor']);

/** It has files that a program may write. */
export const isWritable = ({ state, files }: ToolView): boolean =>
  files.length > 0 && state !== 'by-hand' && state !== 'unreachable';

/** Its files lead here. */
export const isLed = ({ state }: ToolView): boolean => state === 'connected' || state === 'changed';

/** What the gateway wrote can be taken out again. */
export const isRemovable = (tool: ToolView): boolean => tool.writtenAt !== null && isLed(tool);

export interface ToolCounts {
  readonly connected: number;
  readonly changed: number;
  readonly broken: number;
  /** Found, but led nowhere or elsewhere. */
  readonly open: number;
}

export function countTools(tools: readonly ToolView[]): ToolCounts {
  const count = (...states: readonly ToolState[]): number =>
    tools.filter(({ state }) => states.includes(state)).length;
  return {
    connected: count('connected'),
    changed: count('changed'),
    broken: count('broken'),
    open: count('not-connected', 'elsewhere'),
  };
}

/** Two letters in place of a logo. */
export const MARKS: Readonly<Record<ToolId, string>> = {
  'claude-code': 'CC',
  codex: 'Cx',
  'gemini-cli': 'Gm',
  opencode: 'OC',
  cline: 'Cl',
  continue: 'Co',
  aider: 'Ai',
  zed: 'Zd',
  'open-webui': 'OW',
  langchain: 'LC',
  cursor: 'Cu',
};

/** The entry that is no tool: snippets for everything else. */
export const SNIPPETS = 'snippets';

export interface ToolGroup {
  readonly id: 'tool' | 'app' | 'else' | 'absent';
  readonly tools: readonly ToolView[];
}

/** The list in its order: what is here, what takes a snippet, and last what was not found. */
export function groupsOf(tools: readonly ToolView[]): readonly ToolGroup[] {
  const here = tools.filter(({ state }) => state !== 'not-found');
  const absent = tools.filter(({ state }) => state === 'not-found');
  return [
    { id: 'tool', tools: here.filter(({ kind }) => kind === 'tool') },
    { id: 'app', tools: here.filter(({ kind }) => kind === 'app') },
    { id: 'else', tools: [] },
    ...(absent.length === 0 ? [] : [{ id: 'absent' as const, tools: absent }]),
  ];
}

/** No tool was found: those that are set up by hand stand in the list anyway. */
export const noneFound = (groups: readonly ToolGroup[]): boolean =>
  groups
    .filter(({ id }) => id !== 'absent')
    .every(({ tools }) => tools.every(({ state }) => state === 'by-hand' || state === 'unreachable'));

/** Entries in the order of the list. */
export const entryIds = (groups: readonly ToolGroup[]): readonly string[] =>
  groups.flatMap(({ id, tools }) => (id === 'else' ? [SNIPPETS] : tools.map((tool) => tool.id)));

/** What is looked at first: whatever needs somebody, else what can be connected, else what is, else the snippets. */
export function firstEntry(groups: readonly ToolGroup[]): string {
  const tools = groups.filter(({ id }) => id !== 'absent').flatMap((group) => group.tools);
  const wanted: readonly ToolState[] = ['broken', 'changed', 'not-connected'];
  const urgent = tools.find(({ overrides, state }) => overrides.length > 0 && state === 'connected');
  const found = wanted.map((state) => tools.find((tool) => tool.state === state)).find(Boolean);
  const known = tools.find(({ state }) => state === 'connected' || state === 'elsewhere');
  return (urgent ?? found ?? known)?.id ?? SNIPPETS;
}
