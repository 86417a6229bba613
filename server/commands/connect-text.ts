/** What `switchyard connect` prints. Pure. */
import type { ConnectPlan, ConnectView, ToolView } from '../../contract/rpc/procedures/connect.ts';
import { unifiedDiff } from './unified-diff.ts';

/**
 * An address that nobody answers at yet would else look like one that works.
 * @param demo address of a demo that runs; undefined where none does
 */
export const nobodyText = (folder: string, ofDesktop: boolean, demo?: string): string =>
  `No gateway runs on ${folder}: the address is the one of its configuration. Tools reach it once you start ${ofDesktop ? 'the desktop app' : 'it, with switchyard serve'}.\n${
    demo === undefined ? '' : `A demo runs at ${demo}: add --demo to connect tools to it.\n`
  }`;

export function listText({ tools, address }: ConnectView): string {
  const rows = tools.map((tool) => [tool.id, tool.state, detailOf(tool)]);
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const [ids, states] = [width(0), width(1)];
  const lines = rows.map(([id = '', state = '', detail = '']) =>
    harmless(`${id.padEnd(ids)}  ${state.padEnd(states)}  ${detail}`.trimEnd()),
  );
  return `${[...(address === '' ? [] : [`Gateway: ${address}`]), ...lines].join('\n')}\n`;
}

function detailOf({ problems, address, files, drift }: ToolView): string {
  if (problems.length > 0) return problems.map(({ text }) => text).join(' ');
  const [file = ''] = files;
  if (drift.length > 0) return `${file} (changed: ${drift.join(', ')})`;
  return address === null ? file : `${file} (${address})`;
}

const RED = '\u001B[31m';
const GREEN = '\u001B[32m';
const FAINT = '\u001B[2m';
const PLAIN = '\u001B[0m';

/** Neither a file nor the configuration would change. */
export const isIdle = ({ changes, notes }: ConnectPlan): boolean =>
  changes.length === 0 && !notes.some(({ code }) => code === 'client-goes');

export function planText(plan: ConnectPlan, colours: boolean): string {
  const { changes, notes } = plan;
  const diff = changes.flatMap(({ before, after, path }) => unifiedDiff(before, after, path)).map(harmless);
  const lines = colours ? diff.map(coloured) : diff;
  const nothing = isIdle(plan) ? ['Nothing is to be done.'] : [];
  const gap = lines.length > 0 && notes.length > 0 ? [''] : [];
  return [...lines, ...gap, ...nothing, ...notes.map(({ text }) => harmless(text))]
    .map((line) => `${line}\n`)
    .join('');
}

/** Of files and names of others: what a terminal would obey or turn round is written out. */
export const harmless = (line: string): string =>
  line.replace(STEERING, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Control characters but the tabulator, and those that turn the direction of writing. */
const STEERING = /(?!\t)\p{Cc}|[\u2028-\u202E\u2066-\u2069\u200E\u200F\u061C]/gu;

function coloured(line: string): string {
  if (/^(?:---|\+\+\+|@@)/.test(line)) return `${FAINT}${line}${PLAIN}`;
  if (line.startsWith('-')) return `${RED}${line}${PLAIN}`;
  return line.startsWith('+') ? `${GREEN}${line}${PLAIN}` : line;
}
