/** An answer held against a schema. What judges comes when it is first needed. */

/** One place of an answer that is not as the schema has it. */
export interface AnswerFault {
  /** As `/items/0/name`; empty for the whole. */
  readonly path: string;
  /** Null where nothing may stand at all. */
  readonly message: string | null;
}

export interface SchemaTask {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly answer: unknown;
}

/** Faults that are told; a long list would repeat one a thousand times. */
const MOST_FAULTS = 100;

/** Keywords that only say that something within them is wrong, which is told by itself. */
const AROUND: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'allOf',
  '$ref',
  '$dynamicRef',
  '$recursiveRef',
  'then',
  'else',
  'dependentSchemas',
]);

/** What the schema `false` is called among the faults. */
const FORBIDDEN = 'false';

/** @returns null where the schema cannot judge */
export async function judge({ schema, answer }: SchemaTask): Promise<readonly AnswerFault[] | null> {
  const { Validator } = await import('@cfworker/json-schema');
  try {
    const { errors } = new Validator(schema, '2020-12', false).validate(answer);
    return errors.filter(isOwnFault).map(faultOf).slice(0, MOST_FAULTS);
  } catch {
    // A schema may name what is not in it.
    return null;
  }
}

interface OutputUnit {
  readonly keyword: string;
  readonly keywordLocation: string;
  readonly instanceLocation: string;
  readonly error: string;
}

/** The schema `false` comes right behind the keyword that it stands under: it is told where that is not. */
function isOwnFault({ keyword }: OutputUnit, place: number, all: readonly OutputUnit[]): boolean {
  return keyword === FORBIDDEN ? AROUND.has(all[place - 1]?.keyword ?? '') : !AROUND.has(keyword);
}

const faultOf = ({ keyword, instanceLocation, error }: OutputUnit): AnswerFault => ({
  path: instanceLocation.replace(/^#/, ''),
  message: keyword === FORBIDDEN ? null : error,
});
