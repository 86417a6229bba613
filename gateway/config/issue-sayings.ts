/**
 * What a schema finds wrong, as data: the plain kinds of mistake by what the schema says of them, the others by
 * their own sentence. For the configuration file and for calls of the control plane.
 */
import type * as z from 'zod/mini';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import type { Fault } from '../../contract/rpc/faults.ts';
import { saidOf } from '../../contract/rpc/schema-sayings.ts';
import { asSaid } from '../core/sayings.ts';

export interface IssueSayings {
  /** For the schema: it asks for the text of an issue that it has none of its own for. */
  readonly error: (issue: z.core.$ZodRawIssue) => string;
  /** What the text of an issue is as data; its own words where it is of neither. */
  readonly told: (text: string) => Told;
}

/** For one judgement: issues carry texts, so what was said in it is remembered by its text. */
export function issueSayings(): IssueSayings {
  const said = new Map<string, Told>();
  return {
    error(issue) {
      const told = toldIssue(issue);
      said.set(told.text, told);
      return told.text;
    },
    told: (text) => said.get(text) ?? saidOf(text) ?? asSaid(text),
  };
}

function toldIssue(issue: z.core.$ZodRawIssue): Told {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? fault('missing') : (NEEDED.get(issue.expected) ?? OTHER);
    case 'invalid_value':
      return fault('one-of', { values: issue.values.join(', ') });
    case 'too_small':
      return bound(
        LEAST,
        issue.origin,
        Number(issue.minimum),
        issue.inclusive === false ? 'beyond' : 'least',
      );
    case 'too_big':
      return bound(MOST, issue.origin, Number(issue.maximum), 'most');
    case 'unrecognized_keys':
      return fault('unknown-names', { names: issue.keys.join(', ') });
    default:
      return OTHER;
  }
}

const OTHER = fault('not-understood');

const NEEDED: ReadonlyMap<string, Told> = new Map([
  ['object', fault('mapping')],
  ['record', fault('mapping')],
  ['array', fault('list')],
  // How it is written in YAML helps with a file, not with a field on a page.
  ['string', fault('text', {}, 'text (in quotes where it looks like a number) is needed')],
  ['number', fault('number')],
  ['int', fault('whole-number')],
  ['boolean', fault('true-or-false')],
]);

/** By what a length counts. */
const LEAST: ReadonlyMap<string, Fault> = new Map([
  ['string', 'least-characters'],
  ['array', 'least-entries'],
]);
const MOST: ReadonlyMap<string, Fault> = new Map([
  ['string', 'most-characters'],
  ['array', 'most-entries'],
]);

function bound(counted: ReadonlyMap<string, Fault>, origin: string, limit: number, plain: Fault): Told {
  const code = counted.get(origin);
  return code === undefined ? fault(plain, { limit }) : fault(code, { count: limit });
}
