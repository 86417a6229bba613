/**
 * What is wrong with a value or a configuration, as data. The schema says it in English, for the file, the log and
 * terminals; each form of a sentence has its code here, and what stands in it is its values.
 */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { asSaid } from '../core/sayings.ts';
import type { Fault } from '../../contract/rpc/faults.ts';

/** The first that fits holds. */
const FORMS: readonly (readonly [Fault, RegExp])[] = [
  ['missing', /^this setting is missing$/],
  ['mapping', /^a mapping(?: \(.*\))? is needed$/],
  ['list', /^a list(?: \(.*\))? is needed$/],
  ['text', /^text(?: \(.*\))? is needed$/],
  ['number', /^a number is needed$/],
  ['whole-number', /^a whole number is needed$/],
  ['true-or-false', /^true or false is needed$/],
  ['one-of', /^one of (?<values>[^()]+) is needed(?: \(also .*\))?$/],
  ['least', /^a number of at least (?<limit>\S+) is needed$/],
  ['most', /^a number of at most (?<limit>\S+) is allowed$/],
  ['beyond', /^a number beyond (?<limit>\S+) is needed$/],
  ['least-characters', /^at least (?<limit>\S+) characters? (?:is|are) needed$/],
  ['most-characters', /^at most (?<limit>\S+) characters? (?:is|are) allowed$/],
  ['least-entries', /^at least (?<limit>\S+) (?:entry|entries) (?:is|are) needed$/],
  ['most-entries', /^at most (?<limit>\S+) (?:entry|entries) (?:is|are) allowed$/],
  ['entry-characters', /^an entry has at most (?<limit>\S+) characters$/],
  ['unknown', /^this setting is not known$/],
  ['unknown-near', /^this setting is not known; did you mean (?<near>.+)\?$/],
  ['unknown-names', /^(?<names>.+) is not known here$/],
  ['not-understood', /^this value is not understood$/],
  ['duration-or-never', /^a duration from (?<least>\w+) to (?<most>\w+) is needed, .* or 0s for never$/],
  ['duration', /^a duration from (?<least>\w+) to (?<most>\w+) is needed, such as .*$/],
  ['size', /^a size such as 10MB or 1GB is needed$/],
  ['proxy', /^system, none, or the address of an HTTP proxy such as (?<example>\S+) is needed$/],
  ['port', /^a port lies between (?<least>\d+) and (?<most>\d+)$/],
  ['scheme', /^start with http:\/\/ or https:\/\/$/],
  ['address-form', /^write scheme, host and path only: .*$/],
  ['identifier', /^letters, digits, dot, dash and underscore, (?<limit>\d+) at most, are allowed$/],
  ['key-letters', /^a key has no spaces and no letters outside ASCII$/],
  [
    'clear-secrets-more',
    /^A secret stands in the file in clear text: (?<paths>.*) and (?<count>\d+) more\. /,
  ],
  ['clear-secrets', /^A secret stands in the file in clear text: (?<paths>.*?)\. Write /],
  ['unset-variables', /^(?<path>\S+): (?<names>[^:]+) is not set, so it stands for an empty text\.$/],
  ['ceiling-raised', /^(?<ceiling>\S+) is below (?<base>\S+) and is raised to it\.$/],
  ['no-client-key', /^The gateway is reachable from other machines and has no client key: /],
];

/** A sentence of a schema as data, in its own words where it has no code. */
export const faultSaying = (text: string): Told => toldFault(text) ?? asSaid(text);

/** @returns undefined for what has no code: user interfaces show it as it is */
export function toldFault(text: string): Told | undefined {
  for (const [code, form] of FORMS) {
    const found = form.exec(text);
    if (found !== null) return { code, values: { ...found.groups }, text };
  }
  return undefined;
}
