/** A client's tools and what it says about using them. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Tool, ToolChoice, Warn } from '../../core/canonical/request.ts';
import {
  arrayOf,
  below,
  objectOf,
  readObject,
  stringOf,
  stringsOf,
  type Path,
} from '../../core/json-read.ts';
import { isArray, type JsonObject } from '../../core/json.ts';
import { decodeSchema } from './decode-schema.ts';
import { camelCase, member, spelt } from './fields.ts';

export function decodeTools(body: JsonObject, warn: Warn): readonly Tool[] {
  const listed = body['tools'] ?? null;
  if (listed === null) return [];
  const tools = isArray(listed) ? listed : [readObject(listed, 'tools')];
  return tools.flatMap((value, index) => decodeTool(value, below('tools', index), warn));
}

/** One entry holds many functions, or names something that Google runs itself. */
function decodeTool(value: unknown, path: Path, warn: Warn): readonly Tool[] {
  const tool = readObject(value, path);
  const declarations = spelt(tool, 'functionDeclarations');
  const functions = arrayOf(tool, declarations, path) ?? [];
  const hosted = Object.keys(tool).filter((name) => name !== declarations && tool[name] !== null);
  return [
    ...functions.map((one, index) => decodeFunction(one, below(below(path, declarations), index), warn)),
    ...hosted.map((written): Tool => {
      const name = camelCase(written);
      warn(remark('google-tool', { tool: name }));
      return { kind: 'hosted', name };
    }),
  ];
}

function decodeFunction(value: unknown, path: Path, warn: Warn): Tool {
  const declaration = readObject(value, path);
  if (
    member(declaration, 'response') !== undefined ||
    member(declaration, 'responseJsonSchema') !== undefined
  ) {
    warn(remark('result-schemas'));
  }
  const json = objectOf(declaration, spelt(declaration, 'parametersJsonSchema'), path);
  const own = objectOf(declaration, 'parameters', path);
  return {
    kind: 'function',
    name: stringOf(declaration, 'name', path) ?? '',
    description: stringOf(declaration, 'description', path) ?? '',
    schema: json ?? (own === null ? null : decodeSchema(own)),
    strict: null,
  };
}

export function decodeToolChoice(body: JsonObject, warn: Warn): ToolChoice | null {
  const name = spelt(body, 'toolConfig');
  const config = objectOf(body, name, '');
  if (config === null) return null;
  for (const other of Object.keys(config).map(camelCase)) {
    if (other !== 'functionCallingConfig') warn(remark('gemini-only', { name: `${name}.${other}` }));
  }
  const inner = spelt(config, 'functionCallingConfig');
  const calling = config[inner] ?? null;
  return calling === null
    ? null
    : decodeCalling(readObject(calling, below(name, inner)), below(name, inner), warn);
}

function decodeCalling(calling: JsonObject, path: Path, warn: Warn): ToolChoice | null {
  const names = stringsOf(calling, spelt(calling, 'allowedFunctionNames'), path) ?? [];
  const mode = (stringOf(calling, 'mode', path) ?? '').toUpperCase();
  const [only] = names;
  switch (mode) {
    case 'NONE':
      return { kind: 'none' };
    case 'ANY':
      if (only === undefined) return { kind: 'required' };
      return names.length === 1 ? { kind: 'tool', name: only } : { kind: 'subset', names, required: true };
    case 'AUTO':
    case 'VALIDATED':
      return only === undefined ? { kind: 'auto' } : { kind: 'subset', names, required: false };
    case '':
    case 'MODE_UNSPECIFIED':
      return null;
    default:
      warn(remark('tool-mode-unknown', { mode }));
      return null;
  }
}
