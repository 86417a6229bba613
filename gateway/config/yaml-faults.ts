/** What the parser of YAML stumbles over, in our words: its own quote the file, which may hold secrets. */
import type { ErrorCode, LineCounter, YAMLError } from 'yaml';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import type { Fault } from '../../contract/rpc/faults.ts';
import type { ConfigProblem } from './problem.ts';

const FAULTS: Readonly<Record<ErrorCode, Fault>> = {
  ALIAS_PROPS: 'yaml-alias',
  BAD_ALIAS: 'yaml-alias',
  BAD_COLLECTION_TYPE: 'yaml-other',
  BAD_DIRECTIVE: 'yaml-other',
  BAD_DQ_ESCAPE: 'yaml-escape',
  BAD_INDENT: 'yaml-indent',
  BAD_PROP_ORDER: 'yaml-other',
  BAD_SCALAR_START: 'yaml-start',
  BLOCK_AS_IMPLICIT_KEY: 'yaml-colon',
  BLOCK_IN_FLOW: 'yaml-other',
  DUPLICATE_KEY: 'yaml-twice',
  IMPOSSIBLE: 'yaml-other',
  KEY_OVER_1024_CHARS: 'yaml-other',
  MISSING_CHAR: 'yaml-missing',
  MULTILINE_IMPLICIT_KEY: 'yaml-name-lines',
  MULTIPLE_ANCHORS: 'yaml-other',
  MULTIPLE_DOCS: 'yaml-documents',
  MULTIPLE_TAGS: 'yaml-tag',
  NON_STRING_KEY: 'yaml-name',
  RESOURCE_EXHAUSTION: 'yaml-deep',
  TAB_AS_INDENT: 'yaml-tab',
  TAG_RESOLVE_FAILED: 'yaml-tag',
  UNEXPECTED_TOKEN: 'yaml-other',
};

/** One slip makes the parser stumble again and again: what is said of a line is said once. */
export function yamlProblems(
  text: string,
  faults: readonly YAMLError[],
  lines: LineCounter,
): readonly ConfigProblem[] {
  const said = new Map<string, ConfigProblem>();
  for (const { code, pos } of faults) {
    const [offset] = pos;
    const { line, col: column } = lines.linePos(offset);
    const told = toldFault(code, text.slice(offset, offset + 80));
    const known = `${line} ${told.text}`;
    if (!said.has(known)) said.set(known, { path: '', line, column, told });
  }
  return [...said.values()];
}

/** @param rest the text from the fault on; only the name of a setting is taken from it */
function toldFault(code: ErrorCode, rest: string): Told {
  const known = FAULTS[code];
  if (known !== 'yaml-twice') return fault(known);
  const name = /^["']?([\w-]+)/.exec(rest)?.[1];
  return name === undefined ? fault('yaml-twice-unnamed') : fault('yaml-twice', { name });
}
