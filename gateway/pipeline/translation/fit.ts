/** A request as one target can take it: names, ids, custom tools and signatures. Pure. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AssistantPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import type { CanonicalRequest, Tool, ToolChoice, Warn } from '../../core/canonical/request.ts';
import { isUsable, type Origin, type Signature } from '../../core/canonical/signature.ts';
import type { Dialect, NameRule } from '../../core/dialect.ts';
import { lowerCall, lowerTool } from './custom-tools.ts';
import { idForTarget, toolNames, type ToolNames } from './tool-names.ts';

export interface Fitted {
  readonly request: CanonicalRequest;
  readonly names: ToolNames;
  /** Names, as the client knows them, of custom tools that went as functions. */
  readonly lowered: ReadonlySet<string>;
}

/**
 * @param target where it goes
 * @param options.ids narrower rule for ids of one provider, else the dialect's
 * @param options.repair no signature at all is sent, nor the reasoning it stood for
 */
export function fit(
  request: CanonicalRequest,
  dialect: Dialect,
  target: Origin,
  options: { readonly ids: NameRule; readonly repair: boolean },
  warn: Warn,
): Fitted {
  const names = toolNames(namesIn(request), dialect.toolNames);
  const lowered = new Set(
    dialect.customTools ? [] : request.tools.flatMap((tool) => (tool.kind === 'custom' ? [tool.name] : [])),
  );
  const dropped: Signature[] = [];
  const kept = (signature: Signature | null | undefined): Signature | null => {
    if (signature === null || signature === undefined) return null;
    if (!options.repair && isUsable(signature, dialect.signatures, target)) return signature;
    dropped.push(signature);
    return null;
  };
  const fitPart = <Part extends AssistantPart | UserPart>(part: Part): Part => {
    const fitting = signed(renamed(dialect.customTools ? part : lowerCall(part), names, options.ids), kept);
    return options.repair && part.kind === 'reasoning' && part.signature !== null
      ? { ...fitting, text: '' }
      : fitting;
  };
  const turns = request.turns.map((turn): Turn => {
    if (turn.role === 'system') return turn;
    return turn.role === 'user'
      ? { role: 'user', parts: turn.parts.map(fitPart) }
      : { role: 'assistant', parts: turn.parts.map(fitPart) };
  });
  if (dropped.length > 0 && !options.repair) {
    warn(remark('signatures-foreign', { provider: target.provider }));
  }
  const tools = distinct(request.tools, warn).map((tool): Tool => {
    const fitting = dialect.customTools ? tool : lowerTool(tool);
    return { ...fitting, name: names.forTarget(fitting.name) };
  });
  const { settings } = request;
  const toolChoice =
    settings.toolChoice === null ? null : chosen(settings.toolChoice, request.tools, names, warn);
  return {
    request: { ...request, model: target.model, turns, tools, settings: { ...settings, toolChoice } },
    names,
    lowered,
  };
}

function* namesIn({ tools, turns, settings }: CanonicalRequest): Iterable<string> {
  for (const { name } of tools) yield name;
  for (const turn of turns) {
    for (const part of turn.parts) {
      if ((part.kind === 'tool-call' || part.kind === 'tool-result') && part.name !== '') yield part.name;
    }
  }
  if (settings.toolChoice?.kind === 'tool') yield settings.toolChoice.name;
}

function renamed<Part extends AssistantPart | UserPart>(part: Part, names: ToolNames, ids: NameRule): Part {
  if (part.kind !== 'tool-call' && part.kind !== 'tool-result') return part;
  return { ...part, id: idForTarget(part.id, ids), name: names.forTarget(part.name) };
}

function signed<Part extends AssistantPart | UserPart>(
  part: Part,
  kept: (signature: Signature | null | undefined) => Signature | null,
): Part {
  if (part.kind === 'reasoning') return { ...part, signature: kept(part.signature) };
  if ((part.kind !== 'tool-call' && part.kind !== 'text') || part.signature === undefined) return part;
  return { ...part, signature: kept(part.signature) ?? undefined };
}

/** Providers refuse two tools of one name. */
function distinct(tools: readonly Tool[], warn: Warn): readonly Tool[] {
  const seen = new Set<string>();
  return tools.filter(({ name }) => {
    if (seen.has(name)) {
      warn(remark('tools-twice', { tool: name }));
      return false;
    }
    seen.add(name);
    return true;
  });
}

/** Tools of the client's own provider are not sent, so that nothing may demand them. */
function chosen(choice: ToolChoice, tools: readonly Tool[], names: ToolNames, warn: Warn): ToolChoice | null {
  if (choice.kind !== 'tool' && choice.kind !== 'subset') return choice;
  const hosted = new Set(tools.flatMap(({ kind, name }) => (kind === 'hosted' ? [name] : [])));
  const asked = choice.kind === 'tool' ? [choice.name] : choice.names;
  const left = asked.filter((name) => !hosted.has(name));
  if (left.length === 0 && asked.length > 0) {
    warn(remark('demanded-tool-gone'));
    return null;
  }
  if (choice.kind === 'tool') return { kind: 'tool', name: names.forTarget(choice.name) };
  return { ...choice, names: left.map(names.forTarget) };
}
