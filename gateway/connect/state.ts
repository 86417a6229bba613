/** How a tool stands towards this gateway, from what its files say. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { ToolState } from '../../contract/rpc/procedures/connect.ts';
import type { PatchUndo, SettingPath, TextFormat, ToolDefinition, ToolReading } from './tool.ts';

export interface Standing {
  readonly definition: Pick<ToolDefinition, 'files' | 'unreachable'>;
  /** Its program, its folder or one of its files is there. */
  readonly found: boolean;
  /** Why its files cannot be read or understood. */
  readonly problem: string | null;
  readonly reading: ToolReading | null;
  /** Places of what the gateway wrote: what still stands as it was written, and what does not. */
  readonly kept: readonly string[];
  readonly drift: readonly string[];
}

/** @param address of the gateway, without `/v1` */
export function toolState(standing: Standing, address: string): ToolState {
  const { definition, found, problem, reading, kept, drift } = standing;
  if (definition.unreachable !== null) return 'unreachable';
  if (definition.files.length === 0) return 'by-hand';
  if (problem !== null) return 'broken';
  // Where nothing is left of what was written, somebody else has set it up anew.
  if (drift.length > 0 && kept.length > 0) return 'changed';
  const leads = reading?.address ?? null;
  if (leads !== null) return isOurs(leads, address) ? 'connected' : 'elsewhere';
  return found ? 'not-connected' : 'not-found';
}

/** Any name of this machine with our port is ours, whatever path follows. */
export function isOurs(candidate: string, address: string): boolean {
  const [one, other] = [parsed(candidate), parsed(address)];
  if (one === undefined || other === undefined) return false;
  const samePort = portOf(one) === portOf(other);
  return samePort && (one.hostname === other.hostname || (isHere(one) && isHere(other)));
}

export function isOnThisMachine(address: string): boolean {
  const url = parsed(address);
  return url !== undefined && isHere(url);
}

const isHere = ({ hostname }: URL): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/i.test(hostname);
const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80');

function parsed(text: string): URL | undefined {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
}

type Written = PatchUndo['wrote'][number];
/** Whether a value of ours stands as it was written. @throws SettingsSyntaxError */
export const standsIn =
  (format: TextFormat, text: string) =>
  ({ path, value, restless }: Written): boolean => {
    const now = format.get(text, path);
    return restless === true ? now !== undefined : isDeepStrictEqual(now, value);
  };

/** Our values that stand as they were written. @throws SettingsSyntaxError */
export const standing = (format: TextFormat, text: string, { wrote }: PatchUndo): PatchUndo['wrote'] =>
  wrote.filter(standsIn(format, text));

/** What of our values stands as it was written, by its place in the file. @throws SettingsSyntaxError */
export function compareWritten(
  format: TextFormat,
  text: string,
  { wrote }: PatchUndo,
): { readonly kept: readonly string[]; readonly drift: readonly string[] } {
  const stands = standsIn(format, text);
  const places = (written: PatchUndo['wrote']): readonly string[] =>
    written.map(({ path }) => placeText(path));
  return {
    // What was taken out and is still not there says nothing of who was here last.
    kept: places(wrote.filter((one) => one.value !== undefined && stands(one))),
    drift: places(wrote.filter((one) => !stands(one))),
  };
}

/** `env.ANTHROPIC_MODEL`, `models[Switchyard].apiBase` */
export const placeText = (path: SettingPath): string =>
  path.reduce<string>((text, step) => {
    if (typeof step !== 'string') return `${text}[${step.is}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');

/** Only an address is shown of a variable; anything else may be a key. */
export function addressIn(value: string): string | null {
  const url = parsed(value.trim());
  return url === undefined ? null : `${url.origin}${url.pathname === '/' ? '' : url.pathname}`;
}
